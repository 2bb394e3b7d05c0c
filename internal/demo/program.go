package demo

import (
	"crypto/rand"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/sample"
)

// programs are those of the school: one for the training years and one for the faculty. Most of whom they are for are in
// them; every tenth was invited and has not answered. Members are in the order of the sample.
func (s *School) programs() []person.SettledProgram {
	training := person.SettledProgram{Program: mentoring.Program{
		ID: mentoring.ProgramID(rand.Text()), En: "Mentoring in training", Fr: "Mentorat en formation",
		LineEn: "For students and residents who look for a mentor, and for those who would like to be one.",
		LineFr: "Pour les étudiantes, étudiants, résidentes et résidents à la recherche d'un mentor ou d'une mentore, et pour les personnes prêtes à l'être.",
	}}
	faculty := person.SettledProgram{Program: mentoring.Program{
		ID: mentoring.ProgramID(rand.Text()), En: "Faculty mentoring", Fr: "Mentorat du corps professoral",
		LineEn: "For the first years in practice and in teaching.",
		LineFr: "Pour les premières années de pratique et d'enseignement.",
	}}
	for k := range s.Members {
		m := &s.Members[k]
		switch {
		case m.Coordinates == 1:
			training.Coordinators = append(training.Coordinators, m.ID)
		case m.Coordinates == 2:
			faculty.Coordinators = append(faculty.Coordinators, m.ID)
		case !m.Mentors && !m.Seeks:
		case k%10 == 9:
			training.Invited = append(training.Invited, m.ID)
		default:
			if m.Part != sample.Faculty || m.Mentors {
				training.In = append(training.In, m.ID)
			}
			if m.Part == sample.Faculty {
				faculty.In = append(faculty.In, m.ID)
			}
		}
	}
	return []person.SettledProgram{training, faculty}
}
