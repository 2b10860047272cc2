//go:build k8s_old

// For k8s.io/kubernetes v1.25 to v1.30 (no emulation).
package main

import (
	"errors"
	"strings"

	"k8s.io/component-base/version"
	"k8s.io/kubernetes/pkg/registry/core/service"
	psapolicy "k8s.io/pod-security-admission/policy"
)

func serviceStrategy() strategy { return service.Strategy }

func binaryRelease() string { // needs -ldflags "-X k8s.io/component-base/version.gitVersion=vX.Y.Z"
	return strings.TrimPrefix(version.Get().GitVersion, "v")
}

func emulate(v string) error {
	if v == "" {
		return nil
	}
	return errors.New("this binary cannot emulate another release")
}

func newEvaluator(string) (psapolicy.Evaluator, error) {
	return psapolicy.NewEvaluator(psapolicy.DefaultChecks())
}
