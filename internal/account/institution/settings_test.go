package institution_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/config"
)

func TestInstitutionsComeFromTheSettings(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	providers := config.Providers{
		{ID: "college", Name: "College", Issuer: "https://college.example", ClientID: "chiron", Secret: config.File(file), Network: config.Internal},
		{ID: "university", Name: "University", NameFrench: "Université", Issuer: "https://login.example", ClientID: "c", Secret: config.File(file), Network: config.Public, Domains: config.Domains{"example.org"}},
	}
	got, err := institution.FromSettings(providers)
	want := []institution.Institution{
		{ID: "college", Name: "College", Issuer: "https://college.example", ClientID: "chiron", Secret: "s3cret", Internal: true},
		{ID: "university", Name: "University", NameFrench: "Université", Issuer: "https://login.example", ClientID: "c", Secret: "s3cret", Domains: []string{"example.org"}},
	}
	if err != nil || len(got) != 2 || !reflect.DeepEqual(got[1], want[1]) || got[0].ID != "college" || !got[0].Internal {
		t.Errorf("got %+v, %v", got, err)
	}
	if got[0].NameIn("fr-CA") != "College" || got[1].NameIn("fr-CA") != "Université" || got[1].NameIn("en") != "University" {
		t.Error("the names are in other languages")
	}
	providers[0].Secret = config.File(file + "-not-there")
	if _, err := institution.FromSettings(providers); err == nil || !strings.Contains(err.Error(), "college") || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("without its secret: %v", err)
	}
}
