package roster
import ("testing";"fmt")
func TestDbg(t *testing.T){
 in:=files("rules.yaml", everything["rules.yaml"], "conflicts.csv", everything["conflicts.csv"], "c.csv", everything["conflicts.csv"], "fields.csv", everything["fields.csv"], "terms.csv", everything["fields.csv"],
			"mentees.csv", everything["mentees.csv"], "mentors.csv", everything["mentors.csv"])
 _,err:=Load(in)
 fmt.Println(err)
}
