package vocabulary_test

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

func ExampleList_Suggest() {
	for _, s := range vocabulary.Specialties().Suggest("ORL", vocabulary.English, 3) {
		fmt.Printf("%q %s %s\n", s.Code, s.Label, s.By)
	}
	// Output:
	// "otolaryngology" otolaryngology ORL
	// "" ORL
}
