package roster

import (
	"strings"
	"testing"
)

// TestFormsAreReadAsTheyAreExported has what the survey systems write, each with its own manners.
func TestFormsAreReadAsTheyAreExported(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file, table, notes string
	}{
		{"Google Forms", "Timestamp,Email Address,What do you offer?,When? [Monday],When? [Friday]\n" +
			"9/1/2026 14:30:05,a@x.ca,\"Research, Wellbeing\",\"8-9, 9-10\",\n9/1/2026 14:31:00,b@x.ca,Research,,8-9\n",
			"Timestamp|Email Address|What do you offer?|When? [Monday]|When? [Friday]\n" +
				"9/1/2026 14:30:05|a@x.ca|Research, Wellbeing|8-9, 9-10|\n9/1/2026 14:31:00|b@x.ca|Research||8-9", ""},
		{"Microsoft Forms", "\ufeffID,Start time,Completion time,Email,Name,\"Which purposes?\r\n(choose any)\",Your mentor's name,Your mentor's name2\r\n" +
			"1,9/1/26 14:30:05,9/1/26 14:33:00,anonymous,,Research;Wellbeing;,Roy,Côté\r\n2,9/1/26 15:30:05,9/1/26 15:33:00,anonymous,,Research;,,\r\n",
			"ID|Start time|Completion time|Email|Name|Which purposes? (choose any)|Your mentor's name|Your mentor's name2\n" +
				"1|9/1/26 14:30:05|9/1/26 14:33:00|anonymous||Research;Wellbeing;|Roy|Côté\n2|9/1/26 15:30:05|9/1/26 15:33:00|anonymous||Research;||", ""},
		{"Qualtrics without the row of ids", "StartDate,ResponseId,RecipientEmail,Q1,Q2_1\nStart Date,Response ID,Recipient Email,What do you seek?,When? - Monday\n2026-09-01 10:00:00,R_1,a@x.ca,Research,Yes\n",
			"StartDate|ResponseId|RecipientEmail|What do you seek?|When? - Monday\n2026-09-01 10:00:00|R_1|a@x.ca|Research|Yes",
			"people.csv, row 1: the header takes 2 rows, as Qualtrics writes it; columns go by the question, or by the short name if they hold no answer; both names may be used"},
		{"Qualtrics with a question asked twice", "StartDate,ResponseId,Q1,Q2\nStart Date,Response ID,Why?,Why?\n2026-09-01 10:00:00,R_1,a,b\n",
			"StartDate|ResponseId|Why? [Q1]|Why? [Q2]\n2026-09-01 10:00:00|R_1|a|b",
			"people.csv, row 1: the header takes 2 rows, as Qualtrics writes it; columns go by the question, or by the short name if they hold no answer; both names may be used"},
		{"REDCap with codes", "record_id,likes___1,likes___2,likes___99\n1,1,0,1\n2,0,0,0\n", "record_id|likes||\n1|1;99||\n2|||",
			`people.csv, row 1, column "likes": is a question with boxes to tick, in columns B to D; taken as one list of the codes of the boxes that are ticked; to have words, export labels`},
		{"REDCap with labels", "Record ID,\"Interests? (choice=Surgery; general)\",Interests? (choice=Research),Sure? (choice=Yes)\n1,Checked,Checked,Unchecked\n", "Record ID|Interests?||Sure?\n1|Surgery, general;Research||", `
people.csv, row 1, column "Interests?": is a question with boxes to tick, in columns B and C; taken as one list of the labels of the boxes that are ticked
people.csv, row 1, column "Sure?": is a question with boxes to tick, in column D; taken as one list of the labels of the boxes that are ticked`},
		{"columns that look like boxes and hold text", "id,note___1\n1,none\n", "id|note___1\n1|none", ""},
		{"REDCap with events", "record_id,redcap_event_name,name,places,mood\n1,enrolment_arm_1,Ana,,3\n1,visit_arm_1,,2,5\n2,enrolment_arm_1,Bo,1,4\n", "record_id|redcap_event_name|name|places|mood\n1|enrolment_arm_1|Ana|2|3\n2|enrolment_arm_1|Bo|1|4", `
people.csv: 3 rows are about 2 records, as REDCap writes events and repeats; joined to one row per record, with the number of its first row
people.csv: the rows of a record differ in "mood"; the first value is taken; export one event or instrument to have another`},
	} {
		tables, rep := tablesIn(t, Input{"people.csv", []byte(test.file)})
		isTable(t, tables[0], strings.Split(test.table, "\n")...)
		if got := noteLines(rep); got != strings.TrimSpace(test.notes) {
			t.Errorf("%s: the notes are\n%s\nwant\n%s", test.name, got, test.notes)
		}
	}
}

func TestAColumnOfQualtricsHasTwoNames(t *testing.T) {
	t.Parallel()
	tables, _ := tablesIn(t, Input{"a.csv", []byte("StartDate,ResponseId,Q1\nAnfangsdatum,Antwort-ID,Was suchen Sie?\n2026-09-01,R_1,x\n")})
	for name, want := range map[string]int{"StartDate": 0, "anfangsdatum": 0, "Q1": 2, "was suchen sie?": 2, "ResponseID": 1} {
		if c, ok := tables[0].find(name); !ok || c != want {
			t.Errorf("%q is found as column %d, %v; want %d", name, c, ok, want)
		}
	}
}
