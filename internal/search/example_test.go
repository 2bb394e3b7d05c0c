package search_test

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/search"
)

func ExampleQuery_Match() {
	words := search.Words("Hélène Tremblay", "Montréal")
	for _, typed := range []string{"tremblay helene", "Tremblai", "montreal", "trem", "tremble"} {
		rank, found := search.Parse(typed).Match(words)
		fmt.Println(typed, found, rank)
	}
	// Output:
	// tremblay helene true 0
	// Tremblai true 2
	// montreal true 0
	// trem true 1
	// tremble false 0
}
