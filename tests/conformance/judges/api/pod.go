// What becomes of a workload's pods: whether the first one is accepted, and which security level it
// needs.
package main

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	psaapi "k8s.io/pod-security-admission/api"
)

func template(o runtime.Object) (*metav1.ObjectMeta, *corev1.PodSpec) {
	switch x := o.(type) {
	case *corev1.Pod:
		return &x.ObjectMeta, &x.Spec
	case *appsv1.StatefulSet:
		return &x.Spec.Template.ObjectMeta, &x.Spec.Template.Spec
	case *appsv1.Deployment:
		return &x.Spec.Template.ObjectMeta, &x.Spec.Template.Spec
	case *appsv1.DaemonSet:
		return &x.Spec.Template.ObjectMeta, &x.Spec.Template.Spec
	case *appsv1.ReplicaSet:
		return &x.Spec.Template.ObjectMeta, &x.Spec.Template.Spec
	case *batchv1.Job:
		return &x.Spec.Template.ObjectMeta, &x.Spec.Template.Spec
	case *batchv1.CronJob:
		return &x.Spec.JobTemplate.Spec.Template.ObjectMeta, &x.Spec.JobTemplate.Spec.Template.Spec
	}
	return nil, nil
}

// firstPod is what the workload's controller will ask the API server for. Older releases accept a
// StatefulSet without a look at most of its template and then refuse every pod of it.
func firstPod(o runtime.Object, tm *metav1.ObjectMeta, spec *corev1.PodSpec) *corev1.Pod {
	p := &corev1.Pod{ObjectMeta: *tm.DeepCopy(), Spec: *spec.DeepCopy()}
	m, _ := meta.Accessor(o)
	p.Name = m.GetName() + "-0"
	set, ok := o.(*appsv1.StatefulSet)
	if !ok {
		return p
	}
	for _, c := range set.Spec.VolumeClaimTemplates { // a claim replaces the volume of its name
		var others []corev1.Volume
		for _, v := range p.Spec.Volumes {
			if v.Name != c.Name {
				others = append(others, v)
			}
		}
		claim := &corev1.PersistentVolumeClaimVolumeSource{ClaimName: c.Name + "-" + p.Name}
		source := corev1.VolumeSource{PersistentVolumeClaim: claim}
		p.Spec.Volumes = append(others, corev1.Volume{Name: c.Name, VolumeSource: source})
	}
	return p
}

func refused(p *corev1.Pod, ns string) []string {
	p.Namespace = ns
	legacyscheme.Scheme.Default(p)
	obj, err := legacyscheme.Scheme.ConvertToVersion(p, api.SchemeGroupVersion)
	if err != nil {
		return []string{err.Error()}
	}
	ctx := request("create", ns, corev1.SchemeGroupVersion, new([]string))
	m, _ := meta.Accessor(obj)
	rest.FillObjectMetaSystemFields(m)
	if err := rest.BeforeCreate(pod.Strategy, ctx, obj); err != nil {
		return explain(err)
	}
	return nil
}

func podSecurity(ver string, m *metav1.ObjectMeta, s *corev1.PodSpec) PSA {
	pv, err := psaapi.ParseVersion(ver)
	if err != nil {
		return PSA{Level: "error: " + err.Error()}
	}
	eval := func(l psaapi.Level) []string {
		var out []string
		for _, r := range evaluator.EvaluatePod(psaapi.LevelVersion{Level: l, Version: pv}, m, s) {
			if !r.Allowed {
				t := r.ForbiddenReason
				if r.ForbiddenDetail != "" {
					t += " (" + r.ForbiddenDetail + ")"
				}
				out = append(out, t)
			}
		}
		return out
	}
	p := PSA{Baseline: eval(psaapi.LevelBaseline), Restricted: eval(psaapi.LevelRestricted)}
	switch {
	case len(p.Restricted) == 0:
		p.Level = "restricted"
	case len(p.Baseline) == 0:
		p.Level = "baseline"
	default:
		p.Level = "privileged"
	}
	return p
}
