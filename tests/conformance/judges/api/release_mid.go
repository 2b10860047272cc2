//go:build k8s_mid

// For k8s.io/kubernetes v1.31 to v1.34.
package main

import (
	"k8s.io/apimachinery/pkg/util/version"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	baseversion "k8s.io/component-base/version"
	"k8s.io/kubernetes/pkg/registry/core/service"
	psapolicy "k8s.io/pod-security-admission/policy"
)

func serviceStrategy() strategy { return service.Strategy }

func binaryRelease() string { return baseversion.DefaultKubeBinaryVersion }

func emulate(v string) error {
	if v == "" {
		return nil
	}
	pv, err := version.ParseMajorMinor(v)
	if err != nil {
		return err
	}
	return utilfeature.DefaultMutableFeatureGate.(featuregate.MutableVersionedFeatureGate).SetEmulationVersion(pv)
}

func newEvaluator(string) (psapolicy.Evaluator, error) {
	return psapolicy.NewEvaluator(psapolicy.DefaultChecks())
}
