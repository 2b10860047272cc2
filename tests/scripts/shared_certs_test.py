"""create-certs.sh of a CA that several fleets share: a certificate for the daemons of each, one client
for all."""

import shutil
import subprocess
import unittest

import yaml

import sample
from create_certs_test import contents, openssl, text_of


class SharedCerts(sample.ScriptTest):
    emitted_name = "shared-certs"

    def setUp(self):
        super().setUp()
        self.store = self.home / ".local/share/bkfc/authorities/shared"

    def leaf(self, fleet):
        return self.store / "daemons" / fleet / "cert.pem"

    def secrets(self, *arguments):
        out, _ = self.run_script("--manifests", *arguments)
        return {(s["metadata"]["namespace"], s["metadata"]["name"]): s["data"]
                for s in yaml.safe_load_all(out)}

    def test_each_fleet_has_a_certificate_for_its_own_names(self):
        out, err = self.run_script()
        self.assertEqual(err, "")
        for fleet in ("lab/ci/amd", "lab/ci/arm", "edge/ci/amd"):
            self.assertIn(f"daemon:{fleet}: issued (there was none)", out)
            self.assertIn(f"CN = {fleet}", text_of(self.leaf(fleet)))
        amd = self.leaf("lab/ci/amd")
        for name in ("amd.ci.svc", "amd-2.amd-headless.ci.svc"):
            openssl("verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", name,
                    "-CAfile", self.store / "ca.pem", amd)
        with self.assertRaises(subprocess.CalledProcessError):
            openssl("verify", "-verify_hostname", "arm.ci.svc", "-CAfile", self.store / "ca.pem",
                    amd)

    def test_one_client_is_let_in_by_the_ca_of_every_daemon(self):
        self.run_script()
        client = self.store / "clients/github/cert.pem"
        for fleet in ("lab/ci/amd", "lab/ci/arm", "edge/ci/amd"):
            openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile",
                    self.leaf(fleet).with_name("ca.pem"), client)
            openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile",
                    client.with_name("ca.pem"), self.leaf(fleet))

    def test_daemons_last_as_long_as_their_fleet_says(self):
        self.run_script()
        openssl("x509", "-checkend", 91 * 86400, "-noout", "-in", self.leaf("lab/ci/amd"))
        with self.assertRaises(subprocess.CalledProcessError):
            openssl("x509", "-checkend", 91 * 86400, "-noout", "-in", self.leaf("lab/ci/arm"))

    def test_a_second_run_changes_no_byte(self):
        self.run_script()
        before = contents(self.store)
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)
        self.assertEqual(before, contents(self.store))
        self.run_script("--check")

    def test_another_fleet_leaves_the_others_alone(self):
        self.run_script()
        before = contents(self.store)
        self.use_values(daemons="(daemons/lab/ci/amd daemons/lab/ci/new)", clusters="(lab lab)",
                        namespaces="(ci ci)", daemon_secrets="(a b)", client_secret_prefixes="(c- c-)", workloads="(a b)",
                        daemon_names="('amd.ci.svc *.amd-headless.ci.svc 127.0.0.1' new.ci.svc)",
                        daemon_validity_days="(365 365)")
        self.run_script("--check", status=1)
        out, _ = self.run_script()
        self.assertIn("daemon:lab/ci/new: issued (there was none)", out)
        self.assertEqual(out.count("issued"), 1)
        after = contents(self.store)
        self.assertLessEqual(before.items(), after.items())

    def test_a_lost_ca_is_not_made_anew(self):
        self.run_script()
        shutil.rmtree(self.store / "clients")
        for name in ("ca.pem", "ca-key.pem"):
            (self.store / name).unlink()
        _, err = self.run_script(status=1)
        self.assertIn("put them back", err)

    def test_one_fleet_or_all_of_them_are_renewed(self):
        self.run_script()
        out, _ = self.run_script("--renew", "daemon:arm")
        self.assertEqual(out.count("issued (asked for)"), 1)
        self.assertIn("daemon:lab/ci/arm: issued", out)
        out, _ = self.run_script("--renew", "daemon")
        self.assertEqual(out.count("issued (asked for)"), 3)
        _, err = self.run_script("--renew", "daemon:amd", status=2)
        self.assertIn("several fleets are called `amd`", err)
        _, err = self.run_script("--renew", "daemon:md", status=2)
        self.assertIn("there is no fleet `md`", err)

    def test_a_further_name_is_for_one_fleet(self):
        _, err = self.run_script("--add-name", "build.example.com", status=2)
        self.assertIn("say --for", err)
        out, _ = self.run_script("--add-name", "build.example.com", "--for", "ci/arm")
        self.assertIn("DNS:build.example.com", text_of(self.leaf("lab/ci/arm")))
        self.assertNotIn("build.example.com", text_of(self.leaf("lab/ci/amd")))
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)

    def test_secrets_are_those_of_one_cluster(self):
        _, err = self.run_script("--manifests", status=2)
        self.assertIn("say --cluster, one of edge, lab", err)
        _, err = self.run_script("--apply", "--cluster", "moon", status=2)
        self.assertIn("they are in edge, lab", err)
        lab = self.secrets("--cluster", "lab")
        self.assertEqual(set(lab), {("ci", "amd-daemon-certs"), ("ci", "arm-daemon-certs"),
                                    ("ci", "shared-client-github")})
        edge = self.secrets("--cluster", "edge")
        self.assertEqual(set(edge), {("ci", "amd-daemon-certs"), ("ci", "shared-client-github")})
        self.assertEqual(lab["ci", "shared-client-github"], edge["ci", "shared-client-github"])
        self.assertNotEqual(lab["ci", "amd-daemon-certs"], edge["ci", "amd-daemon-certs"])
        self.use_values(client_secret_prefixes="(mine- shared-client- mine-)")
        lab = self.secrets("--cluster", "lab")
        self.assertEqual(lab["ci", "mine-github"], lab["ci", "shared-client-github"])

    def test_apply_says_what_has_to_be_restarted(self):
        self.stand_in("kubectl", "exit 0\n")
        out, _ = self.run_script("--apply", "--cluster", "lab")
        for fleet in ("amd", "arm"):
            self.assertIn(f"kubectl -n ci rollout restart statefulset/{fleet}\n", out)
        self.assertEqual(out.count("rollout restart"), 2)

    def test_shellcheck_is_quiet(self):
        self.check_shell()


if __name__ == "__main__":
    sample.main()
