package private

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// sealedRows are the methods of a transaction that give or take sealed rows.
var sealedRows = []string{"PutPrivate", "Private", "PrivatePage", "PrivateByKey", "ResealPrivate", "DeletePrivate", "ForsakePrivate"}

// No other room handles the rows, even sealed. Which rooms may ask this one, ARCHITECTURE.md draws and another test holds.
func TestOnlyThisRoomTouchesSealedRows(t *testing.T) {
	t.Parallel()
	calls := map[string]int{}
	err := filepath.WalkDir("../../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		ast.Inspect(file, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			if method, is := call.Fun.(*ast.SelectorExpr); is {
				for _, name := range sealedRows {
					if method.Sel.Name == name {
						calls[folder]++
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder := range calls {
		if folder != "." && !strings.HasSuffix(folder, "/store/private") {
			t.Errorf("%s asks the store for sealed rows", folder)
		}
	}
	if len(calls) == 0 {
		t.Error("nobody does, so the names are wrong")
	}
}
