package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

type release struct {
	minor, version       string // 1.31, v0.31.14
	apiSum, machinerySum string // of the modules, as go.sum has them
}

// A field as one release declares it.
type field struct {
	name            string
	kind, element   string   // enumerators of FieldKind
	object          typeName // where it, or its elements, are objects
	listKeys        string
	isSet, required bool
	position        int
}

type typeName struct{ pkg, name string }

// The packages of one release's modules, parsed when first asked for.
type source struct {
	roots    map[string]string // module → folder
	packages map[string]*pkg
}

type pkg struct {
	types   map[string]ast.Expr
	imports map[string]map[string]string // type → the imports of its file, by the name used there
}

func load(r release, operators map[string]string) *source {
	s := &source{packages: map[string]*pkg{}, roots: map[string]string{
		"k8s.io/api":          download("k8s.io/api@"+r.version, r.apiSum),
		"k8s.io/apimachinery": download("k8s.io/apimachinery@"+r.version, r.machinerySum),
	}}
	for module, folder := range operators {
		s.roots[module] = folder
	}
	return s
}

// Is a package of a module that is read? What others declare may be anything.
func (s *source) isRead(path string) bool {
	for module := range s.roots {
		if strings.HasPrefix(path, module+"/") {
			return true
		}
	}
	return false
}

// The exit status where a module cannot be had, which says nothing of the table.
const moduleMissing = 3

// The folder of a module, which must be the pinned one.
func download(module, sum string) string {
	text, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var found struct{ Dir, Sum, Error string }
	if json.Unmarshal(text, &found) != nil || found.Error != "" {
		fmt.Fprintf(os.Stderr, "kubernetes_fields: %s cannot be had: %v %s\n", module, err, found.Error)
		os.Exit(moduleMissing)
	}
	if found.Sum != sum {
		fail("%s is %s, and %s is pinned", module, found.Sum, sum)
	}
	return found.Dir
}

func (s *source) pkg(path string) *pkg {
	if p := s.packages[path]; p != nil {
		return p
	}
	p := &pkg{types: map[string]ast.Expr{}, imports: map[string]map[string]string{}}
	s.packages[path] = p
	isSource := func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }
	for module, root := range s.roots {
		if !strings.HasPrefix(path, module+"/") {
			continue
		}
		folder := filepath.Join(root, strings.TrimPrefix(path, module))
		parsed, err := parser.ParseDir(token.NewFileSet(), folder, isSource, parser.ParseComments)
		check(err)
		for _, one := range parsed {
			for _, file := range one.Files {
				p.add(file)
			}
		}
	}
	return p
}

func (p *pkg) add(file *ast.File) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
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

// The fields of a struct, those that it embeds in line among them. What the server alone writes,
// its status, is left out.
func (s *source) fields(path, name string) []field {
	p := s.pkg(path)
	declared, ok := p.types[name].(*ast.StructType)
	if !ok {
		fail("%s has no struct %s", path, name)
	}
	var out []field
	for _, one := range declared.Fields.List {
		tag, _ := strconv.Unquote(one.Tag.Value)
		words := strings.Split(reflect.StructTag(tag).Get("json"), ",")
		if words[0] == "-" || words[0] == "status" {
			continue
		}
		if words[0] == "" {
			embeddedPath, embeddedName := s.qualified(path, name, one.Type)
			out = append(out, s.fields(embeddedPath, embeddedName)...)
			continue
		}
		f := field{name: words[0]}
		s.classify(&f, path, name, one.Type)
		readMarkers(&f, one.Doc, len(words) > 1 && words[1] == "omitempty")
		out = append(out, f)
	}
	for i := range out {
		out[i].position = i
	}
	return out
}

func readMarkers(f *field, doc *ast.CommentGroup, omitsEmpty bool) {
	var mapKeys []string
	var mergeKey string
	isOptional, isRequired, isAtomic := omitsEmpty, false, false
	if doc != nil {
		for _, line := range doc.List {
			marker := strings.TrimSpace(strings.TrimPrefix(line.Text, "//"))
			switch {
			case marker == "+optional":
				isOptional = true
			case marker == "+required":
				isRequired = true
			case marker == "+listType=atomic":
				isAtomic = true
			case marker == "+listType=set":
				f.isSet = true
			case strings.HasPrefix(marker, "+listMapKey="):
				mapKeys = append(mapKeys, strings.TrimPrefix(marker, "+listMapKey="))
			case strings.HasPrefix(marker, "+patchMergeKey="):
				mergeKey = strings.TrimPrefix(marker, "+patchMergeKey=")
			}
		}
	}
	f.required = isRequired || !isOptional
	if len(mapKeys) == 0 && mergeKey != "" && !isAtomic {
		mapKeys = []string{mergeKey}
	}
	if f.kind == "list" && f.element == "object" {
		f.listKeys = strings.Join(mapKeys, ",")
	}
}

// The package and name that an expression means in the file of a type.
func (s *source) qualified(path, within string, e ast.Expr) (string, string) {
	switch t := e.(type) {
	case *ast.StarExpr:
		return s.qualified(path, within, t.X)
	case *ast.Ident:
		return path, t.Name
	case *ast.SelectorExpr:
		return s.pkg(path).imports[within][t.X.(*ast.Ident).Name], t.Sel.Name
	}
	fail("%s.%s: what is %T?", path, within, e)
	return "", ""
}

// Makes a list or a map of what a field is. The table does not tell what lists in lists hold.
func (f *field) becomes(kind string) {
	if f.kind == "list" || f.kind == "map" {
		f.kind, f.object = "any", typeName{}
	}
	f.kind, f.element = kind, f.kind
}

var builtin = map[string]string{
	"string": "text", "bool": "boolean", "int32": "integer", "int64": "integer", "int": "integer", "float64": "number",
}

// Types that are written otherwise than their Go declaration says.
var special = map[string]string{
	"k8s.io/apimachinery/pkg/api/resource.Quantity":   "quantity",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString": "int_or_text",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":       "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":  "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Duration":   "text",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":   "any",
	"k8s.io/apimachinery/pkg/runtime.RawExtension":    "any",
	"k8s.io/apimachinery/pkg/types.UID":               "text",
}

func (s *source) classify(f *field, path, within string, e ast.Expr) {
	switch t := e.(type) {
	case *ast.StarExpr:
		s.classify(f, path, within, t.X)
	case *ast.ArrayType:
		if element, ok := t.Elt.(*ast.Ident); ok && element.Name == "byte" {
			f.kind, f.element = "bytes", "text"
			return
		}
		s.classify(f, path, within, t.Elt)
		f.becomes("list")
	case *ast.MapType:
		s.classify(f, path, within, t.Value)
		f.becomes("map")
	default:
		s.classifyNamed(f, path, within, e)
	}
}

func (s *source) classifyNamed(f *field, path, within string, e ast.Expr) {
	f.element = "text"
	typePath, name := s.qualified(path, within, e)
	if kind := special[typePath+"."+name]; kind != "" {
		f.kind = kind
		return
	}
	if !s.isRead(typePath) {
		f.kind = "any"
		return
	}
	declared := s.pkg(typePath).types[name]
	switch declared.(type) {
	case *ast.StructType:
		f.kind, f.object = "object", typeName{typePath, name}
	case nil:
		if f.kind = builtin[name]; f.kind == "" {
			fail("%s.%s: nothing is known of %s.%s", path, within, typePath, name)
		}
	default:
		s.classify(f, typePath, name, declared)
	}
}
