package roster

import (
	"fmt"
	"strings"
	"testing"
)

// A brokenFile is a small program in which some files are replaced by broken ones.
type brokenFile struct {
	name  string
	files map[string]string // "-": the file is taken away
	want  string            // the whole error
}

var soundFiles = map[string]string{
	"mentees.csv": "id,name,grade,seeks,choices\n007,Ana,PGY1,research,M1;M2\n008,Bo,PGY2,wellbeing,M2\n",
	"mentors.csv": "id,name,grade,offers,places\nM1,Dr Roy,Staff,research,1\nM2,Dr Côté,Staff,wellbeing;research,2\n",
	"rules.yaml":  "version: 1\nscales:\n  grade: [PGY1, PGY2, Staff]\nmentors:\n  takes: places\n",
}

func (b brokenFile) inputs() []Input {
	var inputs []Input
	for name, content := range soundFiles {
		if _, changed := b.files[name]; !changed {
			inputs = append(inputs, Input{name, []byte(content)})
		}
	}
	for name, content := range b.files {
		if content != "-" {
			inputs = append(inputs, Input{name, []byte(content)})
		}
	}
	return inputs
}

// rulesAnd is the sound rules file with more lines: the first of them is line 6.
func rulesAnd(lines string) map[string]string {
	return map[string]string{"rules.yaml": soundFiles["rules.yaml"] + lines}
}

// alone are files without the sound ones.
func alone(files map[string]string) map[string]string {
	for name := range soundFiles {
		if _, there := files[name]; !there {
			files[name] = "-"
		}
	}
	return files
}

var brokenFiles = []brokenFile{
	{"nothing at all", map[string]string{"mentees.csv": "-", "mentors.csv": "-", "rules.yaml": "-"}, `the folder: nothing here can be matched: there is no file; put the table of your people there, as CSV or XLSX`},
	{"nothing but a picture", map[string]string{"mentees.csv": "-", "mentors.csv": "-", "rules.yaml": "-", "people.png": ""}, `the folder: nothing here can be matched: there is "people.png"; put the table of your people there, as CSV or XLSX`},
	{"mentors forgotten", map[string]string{"mentors.csv": "-"}, `mentors.csv: the file is missing; put it into the folder; there is "mentees.csv" and "rules.yaml"`},
	{"two formats in one folder", map[string]string{"students.csv": "name\n1\n", "projects.csv": "code\n1\n"}, `the folder: there are files of several formats, "mentors and mentees" and "student-project allocation"; put the files of one matching into a folder of their own`},
	{"two rules files", map[string]string{"rules.yml": "version: 1\n"}, `rules.yml: the file has the same part as rules.yaml; keep one of them in the folder`},

	{"an empty file", map[string]string{"mentees.csv": ""}, `mentees.csv: the file is empty; export the sheet again`},
	{"only a header", map[string]string{"mentees.csv": "id,name\n"}, `mentees.csv: there is nobody under the header; write one row per person`},
	{"rows that are all blank", map[string]string{"mentees.csv": ",,\n , ,\n"}, `mentees.csv: there is nothing in it but empty cells; look whether it is the right file`},
	{"a text with NUL", map[string]string{"mentees.csv": "id,\x00name\n"}, `mentees.csv: byte 4 of the file is NUL, so it is damaged or not a text; open it in the spreadsheet program and save it as "CSV UTF-8"`},
	{"a workbook that is cut off", map[string]string{"mentees.csv": "PK\x03\x04\x00\x00id,name\n"}, `mentees.csv: the workbook is damaged: its archive cannot be opened; open it in the spreadsheet program and save it again as .xlsx`},
	{"half a UTF-16 character", map[string]string{"mentees.csv": "\xff\xfei\x00d\x00\n"}, `mentees.csv: the file says that it is UTF-16 and is damaged; save it again as "CSV UTF-8"`},
	{"a byte order mark that lies", map[string]string{"mentees.csv": "\xef\xbb\xbfid,name\n1,Andr\xe9\n"}, `mentees.csv: the file says that it is UTF-8 and is not; save it again as "CSV UTF-8"`},
	{"bytes of no alphabet", map[string]string{"mentees.csv": "id,name\n1,Andr\x81\n"}, `mentees.csv: the characters cannot be read: byte 15 is neither UTF-8 nor Windows-1252; save it again as "CSV UTF-8"`},
	{"a quote that is never closed", map[string]string{"mentees.csv": "id,name\n1,Ana\n2,\"Bo\n3,Cy\n"}, `mentees.csv, row 3: a quote " is opened in this row and never closed; close it, or write "" for a quote that belongs to the text`},
	{"text after a closing quote", map[string]string{"mentees.csv": "id,name\n1,\"Ana \"Bee\" Roy\"\n"}, `mentees.csv, row 2: in this row text follows a closing quote: "Bee\" Roy\""; write "" for a quote that belongs to the text`},
	{"a comma without quotes", map[string]string{"mentees.csv": "id,unit\n1,Surgery, general\n"}, `mentees.csv, row 2: the row has 3 cells and the header 2; put a cell that contains the separator into quotes, as in "Surgery, general"`},
	{"a row cut short", map[string]string{"mentees.csv": "id,name,grade\n1,Ana\n"}, `mentees.csv, row 2: the row has 2 cells and the header 3; add what is missing at its end, or look for a line break inside a cell without quotes`},
	{"a heading that stands twice", map[string]string{"mentees.csv": "id,grade,name,Grade\n1,a,b,c\n"}, `mentees.csv, row 1, column "Grade": the heading stands over columns B and D; rename one of them, or delete the column that is not needed`},
	{"a column without a heading", map[string]string{"mentees.csv": "id,,name\n1,see mail,Ana\n"}, `mentees.csv, row 2, column "B": "see mail" stands under no heading; write a heading into row 1, or delete the column`},
	{"no column for ids", map[string]string{"mentees.csv": "e-mail,name\na@x.ca,Ana\n"}, `mentees.csv, row 1: there is no column "id"; write in rules.yaml, under "mentees", "id:" and the column that tells people apart; there are "e-mail" and "name"`},
	{"an id that stands twice", map[string]string{"mentees.csv": "id\n007\n008\n007\n"}, `mentees.csv, row 4, column "id": "007" stands in row 2 already; delete one of the rows, or give two people two ids`},
	{"ids that differ by a capital", map[string]string{"mentees.csv": "id\nana@x.ca\nAna@x.ca\n"}, `mentees.csv, row 3, column "id": "Ana@x.ca" differs from the id in row 2 only by capital letters or spaces; delete one of the rows if it is one person, or give two people two ids`},
	{"an empty id", map[string]string{"mentees.csv": "id,name\n,Ana\n"}, `mentees.csv, row 2, column "id": the cell is empty; write an id that nobody else has`},
	{"an id on two lines", map[string]string{"mentees.csv": "id,name\n\"1\n2\",Ana\n"}, `mentees.csv, row 2, column "id": "1\n2" is too long for an id or breaks the line; write at most 200 characters on one line`},

	{"places in words", map[string]string{"mentors.csv": "id,grade,places\nM1,Staff,one\nM2,Staff,2.0\n"}, `
mentors.csv, row 2, column "places": "one" is not a whole number of places; write a number from 0 to 10000
mentors.csv, row 3, column "places": "2.0" is not a whole number of places; write 2`},
	{"an empty cell for places", map[string]string{"mentors.csv": "id,grade,places\nM1,Staff,\nM2,Staff,-1\n"}, `
mentors.csv, row 2, column "places": the cell is empty; write how many, or 0 for none this time
mentors.csv, row 3, column "places": "-1" is not a whole number of places; write a number from 0 to 10000`},
	{"nobody takes anybody", map[string]string{"mentors.csv": "id,grade,places\nM1,Staff,0\nM2,Staff,0\n"}, `mentors.csv: no mentor takes part; look at how many pairs they take, and whether they have choices`},
	{"choices of people who do not exist", map[string]string{"mentees.csv": "id,choice 1,choice 2,choice 3\n1,M11,Dr Roy,m2\n"}, `
mentees.csv, row 2, column "choice 1": "M11" is nobody in mentors.csv; write "M1" if that is meant
mentees.csv, row 2, column "choice 2": "Dr Roy" is nobody in mentors.csv; write the id "M1"
mentees.csv, row 2, column "choice 3": "m2" is nobody in mentors.csv; write "M2" if that is meant`},
	{"a number that lost its zeros", map[string]string{"mentors.csv": "id,places,choices\nM1,1,7\nM2,1,\n"}, `mentors.csv, row 2, column "choices": "7" is nobody in mentees.csv; write "007"; spreadsheets lose leading zeros, so format the column as text`},
	{"a grade beyond the scale", map[string]string{
		"mentees.csv": "id,grade\n1,PGY11\n2,fellow\n", "rules.yaml": soundFiles["rules.yaml"] + "must:\n  - gap: grade\n    from: 1\n"}, `
mentees.csv, row 2, column "grade": "PGY11" is no level of the scale; write "PGY1"
mentees.csv, row 3, column "grade": "fellow" is no level of the scale; write one of "PGY1", "PGY2", "Staff"`},
	{"a grade that is no number", map[string]string{
		"rules.yaml": "version: 1\nmust:\n  - gap: name\n    from: 1\n"}, `rules.yaml, line 3, must 1: "name" holds words, and nothing says which is higher; name the levels of "name" under "scales", the lowest first`},

	{"rules that are no YAML", rulesAnd("must:\n\t- same: grade\n"), `rules.yaml, line 7: a word begins with a tab or with a character that has a meaning of its own; indent with spaces, and put a value that begins with @ or % into quotes`},
	{"a colon in a value", rulesAnd("seed: dice: 4\n"), `rules.yaml, line 6: a colon stands where none can be; put a value that contains a colon into quotes, and let keys of one level begin in one column`},
	{"empty rules", map[string]string{"rules.yaml": "# later\n"}, `rules.yaml: the file is empty; write "version: 1" on its first line`},
	{"rules without a version", map[string]string{"rules.yaml": "mentors:\n  takes: places\n"}, `rules.yaml, line 1: the version of the rules is missing; write "version: 1" on the first line`},
	{"rules of a later version", map[string]string{"rules.yaml": "version: 2\n"}, `rules.yaml, line 1, version: "2" is a version that this program does not read; write 1`},
	{"a key that is misspelled", rulesAnd("goal: [pairs]\n"), `rules.yaml, line 6: "goal" is unknown here; write "goals"`},
	{"a key that stands twice", rulesAnd("seed: a\nseed: b\n"), `rules.yaml, line 7: "seed" stands in line 6 already; keep one of the two`},
	{"a goal that is misspelled", rulesAnd("goals: [placd, fairness]\n"), `
rules.yaml, line 6, goals: "placd" is unknown here; write "placed"
rules.yaml, line 6, goals: "fairness" is unknown here; write one of "pairs", "placed", "mentors placed", "suitability", "rank sum", "first choices", "generous", "greedy", "existing", "wishes", "even load", "minimums", "few poor matches", "lottery"`},
	{"a goal without anything to count", rulesAnd("goals: [suitability, minimums]\n"), `
rules.yaml, line 6, goals: "suitability" counts points, and there are none; write criteria under "points", or delete the goal
rules.yaml, line 6, goals: "minimums" counts minimums, and there are none; write "at least:" under "mentees" or "mentors", or delete the goal`},
	{"a goal that wants nobody paired", rulesAnd("goals: [even load, pairs]\n"), `rules.yaml, line 6, goals: "even load" would be best reached by making no pairs at all; write "pairs" or "placed" before it`},
	{"the lottery before the end", rulesAnd("goals: [lottery, pairs]\n"), `rules.yaml, line 6, goals: "lottery" leaves nothing to decide to the goals after it; write it last`},
	{"goals of a stable matching", rulesAnd("aim: stable-for-mentees\ngoals: [pairs]\n"), `rules.yaml, line 7, goals: goals decide nothing when the aim is stable-for-mentees; write "aim: optimal", or delete the goals`},
	{"a stable matching without choices", map[string]string{"mentees.csv": "id\n1\n", "rules.yaml": "version: 1\naim: stable-for-mentors\n"}, `rules.yaml, line 2, aim: "stable-for-mentors" needs choices, and neither side has any; write "optimal", or add columns with choices to mentees.csv`},
	{"wishes beside a stable matching", rulesAnd("aim: stable-for-mentees\nmentees: {at least: 1}\n"), `rules.yaml, line 6, aim: "stable-for-mentees" takes no account of wishes such as "at least"; write "minimums: hard" to make them conditions, or delete "at least"`},
	{"an aim that is unknown", rulesAnd("aim: fair\n"), `rules.yaml, line 6, aim: "fair" is unknown here; write one of "optimal", "stable-for-mentees", "stable-for-mentors", "stable-more-placed"`},
	{"more placed where mentees take two", rulesAnd("mentees: {takes: 2}\naim: stable-more-placed\n"), `rules.yaml, line 7, aim: "stable-more-placed" promises nothing when a mentee takes several mentors, and 2 do, the first being 007, who takes 2; write "aim: stable-for-mentees", or let each mentee take 1`},
	{"more placed where mentors have classes", map[string]string{"rules.yaml": "version: 1\naim: stable-more-placed\nmentors:\n  classes:\n    - by: grade\n      at most: 1\n"}, `rules.yaml, line 5, mentors classes 1: there are classes, and the aim is stable-more-placed, which promises nothing then; write "aim: stable-for-mentees", or delete the classes`},
	{"minimums that no goal asks for", map[string]string{"rules.yaml": "version: 1\ngoals: [pairs]\nmentors: {takes: places, at least: 1}\n"}, `rules.yaml, line 2, goals: "at least" is written, and no goal asks for it; write the goal "minimums" where it belongs, or "minimums: hard"`},
	{"a minimum above the places", map[string]string{"rules.yaml": "version: 1\nmentors: {takes: places, at least: 2}\n"}, `mentors.csv, row 2: "M1" takes 1 at most and wants 2 at least; let the person take more, or want less`},
	{"a column that does not exist", rulesAnd("points:\n  - same: grad\n    points: 3\n"), `
rules.yaml, line 7, points 1 same: "grad" is no column of mentees.csv; write "grade"
rules.yaml, line 7, points 1 same: "grad" is no column of mentors.csv; write "grade"`},
	{"points forgotten", rulesAnd("points:\n  - same: grade\n"), `rules.yaml, line 7, points 1: the criterion brings no points; write "points:" and a number below it`},
	{"points for a gap without the gap", rulesAnd("points:\n  - gap: grade\n    points: 3\n"), `rules.yaml, line 8, points 1 points: "3" does not say which gap brings it; write one number for each gap, such as {1: 9, 2: 12}`},
	{"points in words", rulesAnd("points:\n  - same: grade\n    points: many\n"), `rules.yaml, line 8, points 1 points: "many" is not a whole number that fits here; write a number from -100000 to 100000`},
	{"a rule with bounds the wrong way round", rulesAnd("must:\n  - gap: grade\n    from: 2\n    to: 1\n"), `rules.yaml, line 7, must 1: "2" is greater than 1, so no gap is allowed; write the smaller number after "from"`},
	{"an option of another rule", rulesAnd("must:\n  - same: grade\n    from: 1\n"), `rules.yaml, line 7, must 1: "from" belongs to "gap" only; delete it`},
	{"a gap without bounds", rulesAnd("must:\n  - gap: grade\n"), `rules.yaml, line 7, must 1: the gap has no bounds; write "from: 1" and "to: 2", or one of them`},
	{"a gap on a scale that is not there", rulesAnd("must:\n  - gap: name\n    scale: ranks\n    from: 1\n"), `rules.yaml, line 7, must 1: "ranks" is no scale; write its levels under "scales", the lowest first`},
	{"a list that is none", rulesAnd("points:\n  same: grade\n  points: 3\n"), `rules.yaml, line 7, points: here must stand a list; begin each criterion on its own line with "- "`},
	{"a value that is missing", rulesAnd("seed:\ngoals: []\n"), `
rules.yaml, line 6, seed: the value is empty; write one, or delete the line
rules.yaml, line 7, goals: there is no goal in the list; write one of "pairs", "placed", "mentors placed", "suitability", "rank sum", "first choices", "generous", "greedy", "existing", "wishes", "even load", "minimums", "few poor matches", "lottery"`},
	{"half a comparison", rulesAnd("must:\n  - in: {mentee: grade}\n"), `rules.yaml, line 7, must 1 in: one of the two columns is missing; write {mentee: COLUMN, mentor: COLUMN}, or one column that both have`},
	{"a second document", rulesAnd("---\nseed: x\n"), `rules.yaml, line 6: a second document begins here; delete the line ---`},
	{"a scale of one level", map[string]string{"rules.yaml": "version: 1\nscales:\n  grade: PGY1\n"}, `rules.yaml, line 3, scales grade: a scale needs two levels at least; write all levels in a list, the lowest first`},
	{"a separator that is none", rulesAnd("lists:\n  choices: semicolon\n"), `rules.yaml, line 7, lists choices: "semicolon" is no separator; write what stands between the items, such as ";"`},
	{"two rules in one", rulesAnd("must:\n  - same: grade\n    different: name\n"), `rules.yaml, line 8, must 1 different: the criterion compares already by "same"; begin a new criterion with "- "`},
	{"a rule that compares nothing", rulesAnd("must:\n  - name: fairness\n"), `rules.yaml, line 7, must 1: nothing says what is compared; write one of "same", "different", "in", "not in", "contains", "not contains", "shared", "none shared", "gap", "related", "time", "near", "mode" and a column`},
	{"a scale that names a level twice", map[string]string{"rules.yaml": "version: 1\nscales:\n  grade: [PGY1, PGY2, pgy1]\n"}, `rules.yaml, line 3, scales grade: "pgy1" is on the scale twice; keep each level once, the lowest first`},
	{"half a purpose", rulesAnd("purposes: {mentee: seeks}\n"), `rules.yaml, line 6, purposes: the key "mentor" is missing; write "mentor:" and the column with what each mentor offers`},
	{"an alias", rulesAnd("seed: &s x\n"), `rules.yaml, line 6: a value is borrowed from another place with & and *; write it out in both places`},
	{"points for choices that nobody has", rulesAnd("points:\n  - choice: mentor\n    points: [3, 2]\n"), `rules.yaml, line 7, points 1: mentors.csv has no columns for choices; name them after "choices:" under "mentors", or delete the criterion`},

	{"classes that cross", map[string]string{
		"mentees.csv": "id,unit,level\n1,a,x\n2,a,y\n3,b,x\n",
		"rules.yaml":  "version: 1\nmentors:\n  takes: places\n  classes:\n    - by: unit\n      at most: 1\n    - by: level\n      at most: 1\n"}, `rules.yaml, line 7, mentors classes 2: the classes by unit and by level cross: some pairs are in "unit: a" only, some in "level: x" only, some in both; no exact answer is known for such classes; delete one of the two, in line 5 or here, or choose columns of which one divides the other, as departments divide faculties`},
	{"a class of a value that nobody has", map[string]string{"rules.yaml": "version: 1\nmentors:\n  takes: places\n  classes:\n    - by: grade\n      at most: {PGY3: 1}\n"}, `rules.yaml, line 6, mentors classes 1: "PGY3" is shared by no possible pair; write one of "PGY1", "PGY2"`},
	{"a class by purpose without purposes", map[string]string{"rules.yaml": "version: 1\nmentors:\n  takes: places\n  classes:\n    - by: purpose\n      at most: 1\n"}, `rules.yaml, line 5, mentors classes 1: "purpose" makes no classes, because pairs have no purpose; write "purposes:" with the columns of both sides, or delete the class`},
	{"a class without a bound", map[string]string{"rules.yaml": "version: 1\nmentors:\n  takes: places\n  classes:\n    - by: grade\n"}, `rules.yaml, line 5, mentors classes 1: the class bounds nothing; write "at most: 1" below it`},

	{"a pair with a stranger", map[string]string{"pairs.csv": "mentee,mentor,state\n7,M1,pinned\n008,M9,forbidden\n"}, `
pairs.csv, row 2, column "mentee": "7" is nobody in mentees.csv; write "007"; spreadsheets lose leading zeros, so format the column as text
pairs.csv, row 3, column "mentor": "M9" is nobody in mentors.csv; write an id from the column "id" of mentors.csv`},
	{"a state that is misspelled", map[string]string{"pairs.csv": "mentee,mentor,state\n007,M1,pined\n"}, `pairs.csv, row 2, column "state": "pined" is no state of a pair; write "pinned", or nothing`},
	{"a pair that stands twice", map[string]string{"pairs.csv": "mentee,mentor,state\n007,M1,pinned\n007,M1,forbidden\n"}, `pairs.csv, row 3: the pair stands in row 2 already; keep one of the two rows`},
	{"a pin against the rules", map[string]string{
		"rules.yaml": soundFiles["rules.yaml"] + "must:\n  - different: grade\n  - same: name\n", "pairs.csv": "mentee,mentor,state\n007,M1,pinned\n"}, `pairs.csv, row 2, column "state": "pinned" cannot be, because of the rule "same name"; take this decision back, or change the rule`},
	{"more pins than places", map[string]string{"pairs.csv": "mentee,mentor,state\n007,M1,pinned\n008,M1,pinned\n"}, `pairs.csv, row 3, column "mentor": "M1" takes 1, and this is one pinned pair more; unpin a pair, or let the mentor take more`},
	{"suitability from two places", map[string]string{
		"rules.yaml": soundFiles["rules.yaml"] + "points:\n  - same: grade\n    points: 3\n", "pairs.csv": "mentee,mentor,suitability\n007,M1,3\n"}, `pairs.csv, row 1: the suitability stands here and in rules.yaml; delete the column "suitability" here, or "points" and "purposes" there`},
	{"suitability that is no number", map[string]string{"pairs.csv": "mentee,mentor,suitability\n007,M1,high\n008,M2,\n"}, `
pairs.csv, row 2, column "suitability": "high" is no whole number that fits here; write a number from -1000000 to 1000000
pairs.csv, row 3, column "suitability": the cell is empty; write a number from -1000000 to 1000000`},
	{"a pin that does not say for what", map[string]string{
		"mentees.csv": "id,seeks\n1,research;wellbeing\n", "rules.yaml": "version: 1\npurposes: {mentee: seeks, mentor: offers, per pair: all}\n",
		"pairs.csv": "mentee,mentor,state\n1,M2,pinned\n"}, `pairs.csv, row 2, column "state": "pinned" does not say for which purpose; write the purpose: research or wellbeing`},
	{"a purpose where pairs have none", map[string]string{"pairs.csv": "mentee,mentor,purpose,state\n007,M1,research,pinned\n"}, `pairs.csv, row 2, column "purpose": "research" is a purpose, and pairs have none; write "purposes:" in rules.yaml, or delete the column`},
	{"a purpose in some rows only", map[string]string{"pairs.csv": "mentee,mentor,purpose,suitability\n007,M1,research,3\n008,M1,,4\n"}, `pairs.csv, row 3, column "purpose": the cell is empty; write a purpose in every row, or in none`},
	{"ranks from two places", map[string]string{"pairs.csv": "mentee,mentor,mentee's rank,mentor's rank\n007,M1,1,0\n"}, `
pairs.csv, row 1: how the mentees rank stands here and in mentees.csv; delete the column with ranks here, or the columns with choices there
pairs.csv, row 2, column "mentor's rank": "0" is no whole number that fits here; write a number from 1 to 100000`},
	{"a pin that no choice and no rule allows", map[string]string{"pairs.csv": "mentee,mentor,suitability,state\n007,M1,1,pinned\n", "rules.yaml": soundFiles["rules.yaml"] + "must: [{same: name}]\n"}, `pairs.csv, row 2, column "state": "pinned" cannot be, because of the rule "same name"; take this decision back, or change the rule`},
	{"more than anybody can take", rulesAnd("mentees: {takes: 99999}\n"), `rules.yaml, line 6, mentees takes: "99999" is not a whole number that fits here; write a number from 0 to 10000`},
	{"a key that is no word", rulesAnd("? [a]\n: b\n"), `rules.yaml, line 6: a key is no word; write it as a word, followed by a colon`},
	{"a key without a value below it", rulesAnd("mentees: everybody\n"), `rules.yaml, line 6, mentees: "everybody" is not in the form "key: value"; write one of "id", "name", "takes", "at least", "choices", "unlisted", "classes", "eligible", "choices by", "refers", "file", "sheet", "capitals", "latest", "answers"`},
	{"an endless list", map[string]string{"mentees.csv": "id,choices\n1," + strings.Repeat("M1;", 1001) + "\n"}, `mentees.csv, row 2, column "choices": the cell has more than 1000 items; write fewer, or look whether a quote is missing`},
	{"a value that goes on and on", map[string]string{"mentees.csv": "id,choices\n1," + strings.Repeat("Dr Roy ", 30) + "\n"}, `mentees.csv, row 2, column "choices": "Dr Roy Dr Roy Dr Roy Dr Roy Dr Roy Dr Roy Dr Roy Dr Roy Dr …" is nobody in mentors.csv; write an id from the column "id" of mentors.csv`},
	{"points beyond all measure", rulesAnd("points: [{same: grade, points: 1000000}]\n"), `rules.yaml, line 6, points 1 points: "1000000" is not a whole number that fits here; write a number from -100000 to 100000`},
	{"a scale on a comparison of names", rulesAnd("points: [{same: grade, scale: grade, points: 1}]\n"), `rules.yaml, line 6, points 1: "scale" belongs to "gap" only; delete it`},
	{"classes by one thing twice", map[string]string{"rules.yaml": "version: 1\nmentors:\n  takes: places\n  classes:\n    - {by: grade, at most: 1}\n    - {by: Grade, at most: 2}\n"}, `rules.yaml, line 6, mentors classes 2: classes by grade stand in line 5 already; keep one of the two`},
	{"goals of ballots that count nothing", alone(map[string]string{"a.soi": smallBallots, "rules.yaml": "version: 1\ngoals: [suitability]\n"}), `rules.yaml, line 2, goals: "suitability" counts points, and there are none; write criteria under "points", or delete the goal`},
	{"projects forgotten", alone(map[string]string{"students.csv": "name,rank,0\n1,1,P\n", "supervisors.csv": "name,capacity\nS,1\n"}), `projects.csv: the file is missing; put it into the folder; there is "students.csv" and "supervisors.csv"`},
	{"students who choose what is not offered", alone(map[string]string{
		"students.csv": "name,rank,0,1\n1,1,P1,P7\n2,first,P0,\n", "projects.csv": "code,capacity,supervisor\nP1,2,S\nP2,1,T\n", "supervisors.csv": "name,capacity\nS,some\n"}), `
projects.csv, row 3, column "supervisor": "T" is not in supervisors.csv; write "S"
students.csv, row 2, column "1": "P7" is not in projects.csv; write one of "P1", "P2"
students.csv, row 3, column "rank": "first" is no rank; write a whole number; the student whom supervisors prefer has the smallest
students.csv, row 3, column "0": "P0" is not in projects.csv; write one of "P1", "P2"
supervisors.csv, row 2, column "capacity": "some" is not a whole number of places; write a number from 0 to 10000`},
	{"students without columns for choices", alone(map[string]string{
		"students.csv": "name,choice\n1,P1\n", "projects.csv": "code,capacity,supervisor\nP1,2,S\n", "supervisors.csv": "name,capacity\nS,1\n"}), `
students.csv, row 1: there is no column "rank"; add it, or rename the column that is meant; there are "name" and "choice"
students.csv, row 1: there are no columns for choices; head the first choice "0", the second "1", and so on`},
	{"rules about people for projects", alone(map[string]string{
		"students.csv": "name,rank,0\n1,1,P1\n", "projects.csv": "code,capacity,supervisor\nP1,2,S\n", "supervisors.csv": "name,capacity\nS,1\n",
		"rules.yaml": "version: 1\nmust:\n  - same: rank\n"}), `rules.yaml, line 2, must: the key has no meaning for the format student-project allocation; delete it; version, aim, seed and goals may stay`},
	{"ballots that are cut off", alone(map[string]string{"a.soi": "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 2\n1: 1,2\n"}), `a.soi: the header promises 2 voters and there are 1; fetch the whole file again`},
	{"ballots with ties, strangers and repetitions", alone(map[string]string{"a.soi": "# NUMBER ALTERNATIVES: 3\n1: 1,{2,3}\n1: 4,1\n1: 2,2\none: 1\n1,2\n"}), `
a.soi, line 2: "1: 1,{2,3}" ranks some alternatives equally, which a .soi file cannot; write a strict order without braces
a.soi, line 3: "4" is not among the alternatives; write a number from 1 to 3
a.soi, line 4: "2" stands twice in one order; delete the second one
a.soi, line 5: "one" is no number that fits here; write a number from 1 to 100000
a.soi, line 6: "1,2" is no ballot; write how many voters and their order, as in "1: 20,18,19"`},
	{"ballots without a header", alone(map[string]string{"a.soi": "1: 1,2\n"}), `a.soi, line 1: a ballot comes before the number of alternatives; write "# NUMBER ALTERNATIVES:" and the number on a line before it`},
	{"ballots of another kind", alone(map[string]string{"a.soi": "# DATA TYPE: toc\n# NUMBER ALTERNATIVES: 3\n1: 1,2\n"}), `a.soi, line 1: "toc" is another kind of ballots; fetch the .soi file`},
	{"supervisors of other ballots", alone(map[string]string{"a.soi": "# NUMBER ALTERNATIVES: 1\n1: 1\n", "b.dat": "Supervisor,Capacity,Projects\nS,1,0\n"}), `b.dat: the file belongs to other ballots than a.soi; take it away, or rename it to a.dat`},
	{"supervisors who leave a project out", alone(map[string]string{
		"a.soi": "# NUMBER ALTERNATIVES: 3\n1: 1,2\n", "a.dat": "Supervisor,Capacity,Projects\nS,1,0 3\nT,2,0\n"}), `
a.dat: project 1, which somebody chose, has no supervisor; add it to the projects of its supervisor
a.dat, line 2, Projects: "3" is no project; write numbers from 0 to 2 with spaces between them
a.dat, line 3, Projects: "0" is offered by S already; keep it with one supervisor`},
	{"everything at once", map[string]string{
		"mentees.csv": "id,grade,choices\n,PGY1,M1\n2,PGY9,M8\n2,PGY1,M1\n",
		"mentors.csv": "id,grade,places\nM1,Staff,many\n",
		"rules.yaml":  soundFiles["rules.yaml"] + "golas: [pairs]\nmust:\n  - gap: grade\n    from: 1\n"}, `
mentees.csv, row 2, column "id": the cell is empty; write an id that nobody else has
mentees.csv, row 3, column "choices": "M8" is nobody in mentors.csv; write an id from the column "id" of mentors.csv
mentees.csv, row 3, column "grade": "PGY9" is no level of the scale; write one of "PGY1", "PGY2", "Staff"
mentees.csv, row 4, column "id": "2" stands in row 3 already; delete one of the rows, or give two people two ids
mentors.csv, row 2, column "places": "many" is not a whole number of places; write a number from 0 to 10000
rules.yaml, line 6: "golas" is unknown here; write "goals"`},
}

func TestEveryProblemIsNamedWithItsPlaceAndItsRemedy(t *testing.T) {
	t.Parallel()
	for _, b := range brokenFiles {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(b.inputs())
			if err == nil {
				t.Fatal("Load took the files as they are")
			}
			if got := err.Error(); got != strings.TrimSpace(b.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(b.want))
			}
		})
	}
}

func TestAFileThatIsWrongEverywhereIsReportedToALimit(t *testing.T) {
	t.Parallel()
	var mentors, mentees strings.Builder
	mentors.WriteString("id,places\n")
	mentees.WriteString("id,name\n")
	for i := range 2 * mostIssues {
		fmt.Fprintf(&mentors, "M%d,many\n", i)
	}
	for i := range mostNotes + 5 {
		fmt.Fprintf(&mentees, "%d,=SUM(A%d)\n", i, i)
	}
	_, err := Load(brokenFile{files: map[string]string{"mentors.csv": mentors.String()}}.inputs())
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != mostIssues+1 || lines[mostIssues] != "... and 1000 more problems" {
		t.Errorf("%d lines, the last %q; want %d problems and the number of the others", len(lines), lines[len(lines)-1], mostIssues)
	}
	r := load(t, files("mentees.csv", mentees.String(), "mentors.csv", "id\nM\n", "rules.yaml", "version: 1\nmentees: {takes: 1}\nmentors: {takes: 1}\ngoals: [pairs]\n"))
	if len(r.Notes) != mostNotes+1 || r.Notes[mostNotes].String() != "mentees.csv: there are 5 more notes" {
		t.Errorf("%d notes, the last %q; want %d and the number of the others", len(r.Notes), r.Notes[len(r.Notes)-1], mostNotes)
	}
}
