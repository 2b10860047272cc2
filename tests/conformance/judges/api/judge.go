// What the API server does with one object.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// decode gives the internal object, defaulted, as the API server's create handler does.
func decode(raw []byte, v *Verdict) (runtime.Object, []string) {
	internal := runtime.InternalGroupVersioner
	obj, gvk, err := codecs.DecoderToVersion(codecs.UniversalDeserializer(), internal).Decode(raw, nil, nil)
	var strict []string
	if err != nil {
		if se, ok := runtime.AsStrictDecodingError(err); ok {
			for _, e := range se.Errors() {
				strict = append(strict, e.Error())
			}
			obj, gvk, err = lenient.DecoderToVersion(lenient.UniversalDeserializer(), internal).Decode(raw, nil, nil)
		}
	}
	if gvk != nil {
		v.GVK = gvk.GroupVersion().String() + "/" + gvk.Kind
	}
	if err != nil {
		v.Errors = append(strict, err.Error())
		v.Stage = "decode"
		if runtime.IsNotRegisteredError(err) {
			v.Stage = "unjudged"
		}
		return nil, nil
	}
	if m, err := meta.Accessor(obj); err == nil {
		v.Name = m.GetName()
		if v.Name == "" {
			v.Name = m.GetGenerateName()
		}
	}
	return obj, strict
}

// request is what the API server knows of a request while it judges an object.
func request(verb, namespace string, gv schema.GroupVersion, warnings *[]string) context.Context {
	ctx := warning.WithWarningRecorder(context.Background(), recorder{warnings})
	ctx = genericapirequest.WithNamespace(ctx, namespace)
	return genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: verb, APIGroup: gv.Group, APIVersion: gv.Version, Namespace: namespace})
}

func judge(raw []byte, v *Verdict, options Options) {
	obj, strict := decode(raw, v)
	if obj == nil {
		return
	}
	if len(strict) > 0 {
		v.refuse("strict", strict)
	}
	cut := strings.LastIndex(v.GVK, "/")
	gv, _ := schema.ParseGroupVersion(v.GVK[:cut])
	gk := schema.GroupKind{Group: gv.Group, Kind: v.GVK[cut+1:]}
	st, ok := strategies[gk]
	if !ok {
		v.refuse("unjudged", []string{"no strategy for " + gk.String()})
		return
	}
	m, err := meta.Accessor(obj)
	if err != nil {
		v.refuse("decode", []string{err.Error()})
		return
	}
	namespace := ""
	if st.NamespaceScoped() {
		if namespace = m.GetNamespace(); namespace == "" {
			namespace = options.Namespace
		}
	}
	if svc, ok := obj.(*api.Service); ok && svc.Spec.ClusterIP != "" && len(svc.Spec.ClusterIPs) == 0 {
		svc.Spec.ClusterIPs = []string{svc.Spec.ClusterIP} // as the registry's storage does before the strategy
	}
	versioned, _ := legacyscheme.Scheme.ConvertToVersion(obj.DeepCopyObject(), gv)
	if options.Print {
		v.Object = versioned
	}
	untouched := obj.DeepCopyObject()
	v.served(versioned)
	v.create(st, obj, gv, namespace)
	if old := options.Old[v.GVK+"/"+v.Name]; old != nil {
		v.update(st, untouched, old.DeepCopyObject(), gv, namespace, m.GetCreationTimestamp())
	}
	v.pods(versioned, gk.Kind, namespace, options.SecurityVersions)
	v.OK = len(v.Errors) == 0
}

func (v *Verdict) refuse(stage string, errors []string) {
	v.Stage = stage
	v.Errors = append(v.Errors, errors...)
}

func (v *Verdict) create(st strategy, obj runtime.Object, gv schema.GroupVersion, namespace string) {
	before := asMap(obj, gv)
	m, _ := meta.Accessor(obj)
	rest.FillObjectMetaSystemFields(m)
	if m.GetName() == "" && m.GetGenerateName() != "" {
		m.SetName(m.GetGenerateName() + "abcde")
	}
	if err := rest.BeforeCreate(st, request("create", namespace, gv, &v.Warnings), obj); err != nil {
		v.refuse("create", explain(err))
	}
	v.Dropped = lost("", before, asMap(obj, gv))
}

func (v *Verdict) update(
	st strategy, obj, old runtime.Object, gv schema.GroupVersion, namespace string, created metav1.Time,
) {
	for _, o := range []runtime.Object{obj, old} {
		m, _ := meta.Accessor(o)
		m.SetUID("00000000-0000-0000-0000-000000000001")
		m.SetResourceVersion("1")
		m.SetCreationTimestamp(created)
		m.SetNamespace(namespace)
	}
	if err := rest.BeforeUpdate(st, request("update", namespace, gv, new([]string)), obj, old); err != nil {
		v.refuse("update", explain(err))
	}
}

// pods judges the first pod of a workload that is itself accepted, and the security level that it
// needs.
func (v *Verdict) pods(versioned runtime.Object, kind, namespace string, securityVersions []string) {
	m, spec := template(versioned)
	if spec == nil {
		return
	}
	if len(v.Errors) == 0 && kind != "Pod" {
		if errs := refused(firstPod(versioned, m, spec), namespace); len(errs) > 0 {
			v.refuse("pod", errs)
		}
	}
	for _, version := range securityVersions {
		if v.PSA == nil {
			v.PSA = map[string]PSA{}
		}
		v.PSA[version] = podSecurity(version, m, spec)
	}
}

// served: is this group/version served by the (emulated) release? The scheme still decodes removed
// ones.
func (v *Verdict) served(ver runtime.Object) {
	maj, min := release()
	older := func(a, b, c, d int) bool { return a < c || (a == c && b < d) }
	if x, ok := ver.(interface{ APILifecycleRemoved() (int, int) }); ok {
		if a, b := x.APILifecycleRemoved(); !older(maj, min, a, b) {
			text := fmt.Sprintf("%s: removed in v%d.%d, this release is v%d.%d", v.GVK, a, b, maj, min)
			v.refuse("served", []string{text})
		} else {
			v.Warnings = append(v.Warnings, fmt.Sprintf("%s: will be removed in v%d.%d", v.GVK, a, b))
		}
	}
	if x, ok := ver.(interface{ APILifecycleIntroduced() (int, int) }); ok {
		if a, b := x.APILifecycleIntroduced(); older(maj, min, a, b) {
			text := fmt.Sprintf("%s: introduced in v%d.%d, this release is v%d.%d", v.GVK, a, b, maj, min)
			v.refuse("served", []string{text})
		}
	}
}

func release() (int, int) {
	r := emulated
	if r == "" {
		r = binaryRelease()
	}
	var a, b int
	fmt.Sscanf(r, "%d.%d", &a, &b)
	return a, b
}

func explain(err error) []string {
	if st, ok := err.(apierrors.APIStatus); ok && st.Status().Details != nil && len(st.Status().Details.Causes) > 0 {
		var out []string
		for _, c := range st.Status().Details.Causes {
			out = append(out, c.Field+": "+c.Message)
		}
		return out
	}
	return []string{err.Error()}
}

func asMap(obj runtime.Object, gv schema.GroupVersion) map[string]any {
	x, err := legacyscheme.Scheme.ConvertToVersion(obj.DeepCopyObject(), gv)
	if err != nil {
		return nil
	}
	b, _ := json.Marshal(x)
	var out map[string]any
	json.Unmarshal(b, &out)
	delete(out, "status")
	delete(out, "metadata")
	return out
}

func lost(path string, a, b any) (out []string) {
	switch x := a.(type) {
	case map[string]any:
		y, _ := b.(map[string]any)
		for k, av := range x {
			if bv, ok := y[k]; !ok || (bv == nil && av != nil) {
				out = append(out, path+"."+k)
			} else {
				out = append(out, lost(path+"."+k, av, bv)...)
			}
		}
	case []any:
		y, _ := b.([]any)
		for i, av := range x {
			if i >= len(y) {
				out = append(out, fmt.Sprintf("%s[%d]", path, i))
			} else {
				out = append(out, lost(fmt.Sprintf("%s[%d]", path, i), av, y[i])...)
			}
		}
	}
	sort.Strings(out)
	return out
}
