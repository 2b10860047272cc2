// Prints what the sources of buildkitd know, one line each, for every release that releases.txt
// pins: `v0.34.2 key worker.oci.gc boolean`, `v0.34.2 flag addr value`.
//
// It reads the Go types that buildkitd.toml is decoded into and the literals that declare flags,
// without building them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

const module = "github.com/moby/buildkit"

// The exit status where a module cannot be had, which says nothing of the tables.
const moduleMissing = 3

func main() {
	file, err := os.Open("releases.txt")
	check(err)
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 0 && words[0] != "#" {
			r := &reader{release: words[0], root: download(words[0], words[1]), packages: map[string]*pkg{}}
			r.keys(place{"cmd/buildkitd/config", "Config"}, "")
			r.flags()
		}
	}
}

func download(version, sum string) string {
	text, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	var found struct{ Dir, Sum, Error string }
	if json.Unmarshal(text, &found) != nil || found.Error != "" {
		fmt.Fprintf(os.Stderr, "%s@%s cannot be had: %v %s\n", module, version, err, found.Error)
		os.Exit(moduleMissing)
	}
	if found.Sum != sum {
		check(fmt.Errorf("%s@%s is %s, and %s is pinned", module, version, found.Sum, sum))
	}
	return found.Dir
}

type reader struct {
	release, root string
	packages      map[string]*pkg
}

type pkg struct {
	files   []*ast.File
	types   map[string]ast.Expr
	imports map[string]map[string]string // type → the imports of its file, by the name used there
}

// A type, by the folder of its package.
type place struct{ folder, name string }

func (r *reader) pkg(folder string) *pkg {
	if p := r.packages[folder]; p != nil {
		return p
	}
	p := &pkg{types: map[string]ast.Expr{}, imports: map[string]map[string]string{}}
	r.packages[folder] = p
	parsed, err := parser.ParseDir(token.NewFileSet(), filepath.Join(r.root, folder), nil, 0)
	check(err)
	for _, one := range parsed {
		for name, file := range one.Files {
			if !strings.HasSuffix(name, "_test.go") {
				p.add(file)
			}
		}
	}
	return p
}

func (p *pkg) add(file *ast.File) {
	p.files = append(p.files, file)
	imports := map[string]string{}
	for _, spec := range file.Imports {
		path := unquoted(spec.Path.Value)
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = path
	}
	for _, declaration := range file.Decls {
		if general, ok := declaration.(*ast.GenDecl); ok && general.Tok == token.TYPE {
			for _, spec := range general.Specs {
				one := spec.(*ast.TypeSpec)
				p.types[one.Name.Name] = one.Type
				p.imports[one.Name.Name] = imports
			}
		}
	}
}

func (r *reader) keys(at place, path string) {
	r.keysOf(at, r.pkg(at.folder).types[at.name], path)
}

var scalars = map[string]string{
	"string": "text", "bool": "boolean", "int": "integer", "int64": "integer", "uint64": "integer",
	"DiskSpace": "size", "Duration": "duration",
}

// The keys below a path, where an expression of the type `within` stands.
func (r *reader) keysOf(within place, e ast.Expr, path string) {
	switch t := e.(type) {
	case *ast.StarExpr:
		r.keysOf(within, t.X, path)
	case *ast.StructType:
		r.keysOfStruct(within, t, path)
	case *ast.ArrayType:
		if element, ok := t.Elt.(*ast.Ident); ok && element.Name == "string" {
			r.print("key", path, "text_list")
			return
		}
		r.keysOf(within, t.Elt, path+"[]")
	case *ast.MapType:
		if value, ok := t.Value.(*ast.Ident); ok && value.Name == "any" || isInterface(t.Value) {
			r.print("key", path+".**", "any")
			return
		}
		r.keysOf(within, t.Value, path+".*")
	case *ast.Ident:
		if kind := scalars[t.Name]; kind != "" {
			r.print("key", path, kind)
			return
		}
		r.keys(place{within.folder, t.Name}, path)
	case *ast.SelectorExpr:
		imported := r.pkg(within.folder).imports[within.name][t.X.(*ast.Ident).Name]
		if folder := strings.TrimPrefix(imported, module+"/"); folder != imported {
			r.keys(place{folder, t.Sel.Name}, path)
			return
		}
		r.print("key", path+".*", "text") // another module's: the fields of a certificate
	default:
		check(fmt.Errorf("%s: what is %T?", path, e))
	}
}

func isInterface(e ast.Expr) bool {
	_, ok := e.(*ast.InterfaceType)
	return ok
}

func (r *reader) keysOfStruct(within place, t *ast.StructType, path string) {
	for _, field := range t.Fields.List {
		name := ""
		if field.Tag != nil {
			name, _, _ = strings.Cut(reflect.StructTag(unquoted(field.Tag.Value)).Get("toml"), ",")
		}
		switch {
		case name == "-" || name == "" && len(field.Names) > 0 && !field.Names[0].IsExported():
		case name == "" && len(field.Names) == 0:
			r.keysOf(within, field.Type, path)
		case name == "":
			check(fmt.Errorf("%s.%s has no name in TOML", within.name, field.Names[0].Name))
		default:
			if strings.Contains(name, ".") {
				name = strconv.Quote(name)
			}
			if path != "" {
				name = path + "." + name
			}
			r.keysOf(within, field.Type, name)
		}
	}
}

// Flags are literals of cli's types with a name: `cli.BoolFlag{Name: "debug", …}`.
func (r *reader) flags() {
	for _, file := range r.pkg("cmd/buildkitd").files {
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.CompositeLit); ok {
				if kind, ok := literal.Type.(*ast.SelectorExpr); ok && strings.HasSuffix(kind.Sel.Name, "Flag") {
					r.flag(literal, kind.Sel.Name)
				}
			}
			return true
		})
	}
}

func (r *reader) flag(literal *ast.CompositeLit, kind string) {
	for _, element := range literal.Elts {
		pair := element.(*ast.KeyValueExpr)
		if name := literalText(pair.Value); name != "" && pair.Key.(*ast.Ident).Name == "Name" {
			takes := "value"
			if strings.HasPrefix(kind, "Bool") {
				takes = "nothing"
			}
			name, _, _ = strings.Cut(name, ",")
			r.print("flag", name, takes)
		}
	}
}

// A text, written here or where the variable that stands here is declared.
func literalText(e ast.Expr) string {
	switch t := e.(type) {
	case *ast.BasicLit:
		if t.Kind == token.STRING {
			return unquoted(t.Value)
		}
	case *ast.Ident:
		if t.Obj != nil {
			if declaration, ok := t.Obj.Decl.(*ast.AssignStmt); ok && len(declaration.Rhs) == 1 {
				return literalText(declaration.Rhs[0])
			}
		}
	}
	return ""
}

func (r *reader) print(what, name, kind string) { fmt.Println(r.release, what, name, kind) }

func unquoted(text string) string {
	out, err := strconv.Unquote(text)
	check(err)
	return out
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "buildkitd_keys:", err)
		os.Exit(1)
	}
}
