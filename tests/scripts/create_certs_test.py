"""create-certs.sh: what it issues, what it leaves alone, and what it says when it cannot go on."""

import base64
import os
import pathlib
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

import sample


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True,
                          text=True).stdout


def text_of(certificate):
    return openssl("x509", "-noout", "-text", "-in", certificate)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class CreateCerts(sample.ScriptTest):
    emitted_name = "create-certs"
    prepared = None

    def setUp(self):
        super().setUp()
        self.store = self.home / ".local/share/bkfc/crater/crater-images/buildkitd"

    def prepare(self):
        """A store as a first run leaves it; the run is made once for all tests."""
        if CreateCerts.prepared is None:
            self.run_script()
            CreateCerts.prepared = pathlib.Path(tempfile.mkdtemp(prefix="bkfc-store-"))
            unittest.addModuleCleanup(shutil.rmtree, CreateCerts.prepared)
            shutil.copytree(self.store, CreateCerts.prepared / "store")
        elif not self.store.exists():
            shutil.copytree(CreateCerts.prepared / "store", self.store)

    def leaf(self, name):
        return self.store / name / "cert.pem"

    def sign(self, key, days, ca, *options):
        """A certificate that ends so many days from now, which may be in the past."""
        scratch = self.home / "scratch"
        scratch.mkdir(exist_ok=True)
        (scratch / "index").write_text("")
        (scratch / "config").write_text(
            "[ca]\ndefault_ca=a\n[a]\nnew_certs_dir=.\ndatabase=index\nrand_serial=yes\npolicy=p\n"
            "default_md=sha256\nunique_subject=no\nemail_in_dn=no\n[p]\ncommonName=supplied\n"
            "[authority]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n")
        begin, end = (time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + day * 86400))
                      for day in (min(days, 0) - 1, days))
        openssl("req", "-new", "-key", key, "-subj", "/CN=x", "-out", scratch / "csr")
        subprocess.run(
            ["openssl", "ca", "-batch", "-notext", "-config", "config", "-startdate", begin,
             "-enddate", end, "-in", "csr", "-out", "cert.pem", "-keyfile", ca / "ca-key.pem",
             *options], cwd=scratch, check=True, capture_output=True)
        return scratch / "cert.pem"

    def replace_leaf(self, name, days, ca=None):
        """Puts a certificate for the same key there, by this CA or another, with other dates."""
        ca = ca or self.store
        shutil.copyfile(self.sign(self.store / name / "key.pem", days, ca, "-cert", ca / "ca.pem"),
                        self.leaf(name))

    def replace_ca(self, days):
        """Signs the CA again by its own key, with other dates."""
        shutil.copyfile(self.sign(self.store / "ca-key.pem", days, self.store, "-selfsign",
                                  "-extensions", "authority"), self.store / "ca.pem")

    # What is issued.

    def test_a_first_run_makes_everything_and_says_so(self):
        out, err = self.run_script()
        self.assertEqual(err, "")
        for line in ("ca: made", "daemon: issued (there was none)",
                     "client:ci: issued (there was none)", "client:nightly: issued", "--apply"):
            self.assertIn(line, out)
        self.assertNotIn("PRIVATE", out)
        self.assertEqual(
            {str(path) for path in contents(self.store)},
            {"ca.pem", "ca-key.pem", *(f"{folder}/{file}.pem" for file in ("ca", "cert", "key")
                                       for folder in ("daemon", "clients/ci", "clients/nightly"))})

    def test_keys_and_folders_are_their_owners_alone(self):
        self.run_script()
        for path in [self.store, *self.store.rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            self.assertEqual(mode, 0o700 if path.is_dir() else 0o600, path)

    def test_loosened_modes_are_closed_again(self):
        self.prepare()
        self.store.chmod(0o755)
        (self.store / "ca-key.pem").chmod(0o644)
        (self.store / "daemon/key.pem").chmod(0o640)
        out, _ = self.run_script()
        self.assertEqual(out.count("mode of"), 3)
        self.assertEqual(stat.S_IMODE((self.store / "ca-key.pem").stat().st_mode), 0o600)

    def test_the_certificates_say_what_go_asks_of_them(self):
        self.prepare()
        ca, daemon, client = (text_of(self.store / name) for name in (
            "ca.pem", "daemon/cert.pem", "clients/ci/cert.pem"))
        self.assertIn("CA:TRUE, pathlen:0", ca)
        self.assertIn("Certificate Sign, CRL Sign", ca)
        self.assertIn("X509v3 Basic Constraints: critical", ca)
        self.assertIn("TLS Web Server Authentication", daemon)
        self.assertNotIn("TLS Web Client Authentication", daemon)
        self.assertIn("TLS Web Client Authentication", client)
        self.assertNotIn("TLS Web Server Authentication", client)
        for text in (daemon, client):
            self.assertIn("CA:FALSE", text)
            self.assertIn("X509v3 Authority Key Identifier", text)
            self.assertIn("prime256v1", text)
        for name in ("DNS:buildkitd,", "IP Address:127.0.0.1", "IP Address:0:0:0:0:0:0:0:1",
                     "DNS:*.buildkitd-headless.crater-images.svc.cluster.local"):
            self.assertIn(name, daemon)
        serials = {openssl("x509", "-noout", "-serial", "-in", path)
                   for path in self.store.rglob("*.pem") if path.name in ("ca.pem", "cert.pem")}
        self.assertEqual(len(serials), 4)

    def test_every_name_is_let_in_by_openssl(self):
        self.prepare()
        for name in ("buildkitd", "buildkitd-2.buildkitd-headless.crater-images.svc.cluster.local",
                     "localhost"):
            openssl("verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", name,
                    "-CAfile", self.store / "ca.pem", self.leaf("daemon"))
        for address in ("127.0.0.1", "::1"):
            openssl("verify", "-verify_ip", address, "-CAfile", self.store / "ca.pem",
                    self.leaf("daemon"))
        openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile",
                self.store / "ca.pem", self.leaf("clients/ci"))

    def test_a_client_has_its_own_validity(self):
        self.prepare()
        nightly = self.leaf("clients/nightly")
        openssl("x509", "-checkend", 19 * 86400, "-noout", "-in", nightly)
        with self.assertRaises(subprocess.CalledProcessError):
            openssl("x509", "-checkend", 21 * 86400, "-noout", "-in", nightly)

    def test_rsa_keys_where_asked(self):
        self.use_values(key_type="rsa_2048")
        self.run_script()
        self.assertIn("Public-Key: (2048 bit)", text_of(self.leaf("daemon")))
        self.assertIn("Digital Signature, Key Encipherment", text_of(self.leaf("daemon")))
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)

    def test_long_and_many_names(self):
        long_name = ".".join(["a" * 63] * 3 + ["b" * 61])
        names = " ".join([long_name] +
                         [f"buildkitd-{i}.headless.ns.svc.cluster.local" for i in range(200)])
        self.use_values(daemon_names=f"('{names}')", authority="'crater/" + "x" * 100 + "'")
        self.run_script()
        store = self.home / ".local/share/bkfc/crater" / ("x" * 100)
        text = text_of(store / "daemon/cert.pem")
        self.assertIn(f"DNS:{long_name}", text)
        self.assertIn("DNS:buildkitd-199.headless.ns.svc.cluster.local", text)
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)

    def test_odd_names_of_the_authority_are_only_names(self):
        self.use_values(authority="""'a $(touch oops) "b" \\ [x] = # é'""")
        self.run_script(cwd=self.home)
        self.assertFalse((self.home / "oops").exists())
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)

    def test_no_clients_and_no_addresses(self):
        self.use_values(clients="()", client_validity_days="()", daemon_names="(localhost)")
        out, _ = self.run_script()
        self.assertNotIn("client:", out)
        self.assertNotIn("IP Address", text_of(self.leaf("daemon")))

    # What is left alone.

    def test_a_second_run_changes_no_byte(self):
        self.prepare()
        before = contents(self.store)
        out, _ = self.run_script()
        self.assertIn("all is current: nothing was changed", out)
        self.assertEqual(contents(self.store), before)
        out, _ = self.run_script("--check")
        self.assertIn("all is current", out)

    def test_a_client_added_later_leaves_the_others_alone(self):
        self.prepare()
        before = contents(self.store)
        out, _ = self.run_script("--add-client", "gitlab")
        self.assertIn("client:gitlab: issued", out)
        after = contents(self.store)
        self.assertEqual({**after, **before}, after)
        self.assertIn(pathlib.Path("clients/gitlab/cert.pem"), after)
        out, _ = self.run_script()
        self.assertIn("client:gitlab: current", out)

    def test_a_name_added_later_renews_the_daemons_alone_and_is_remembered(self):
        self.prepare()
        before = contents(self.store)
        self.run_script("--add-name", "Build.Example.com", "--add-name", "fd00:0::1")
        after = contents(self.store)
        changed = {str(path) for path in after if before.get(path) != after[path]}
        self.assertEqual(changed, {"names", "daemon/cert.pem", "daemon/key.pem"})
        self.assertIn("DNS:build.example.com", text_of(self.leaf("daemon")))
        self.assertIn("IP Address:FD00:0:0:0:0:0:0:1", text_of(self.leaf("daemon")))
        for arguments in ((), ("--add-name", "build.example.com")):
            out, _ = self.run_script(*arguments)
            self.assertIn("nothing was changed", out)

    def test_a_name_that_openssl_refuses_is_not_remembered(self):
        self.prepare()
        before = contents(self.store)
        _, err = self.run_script("--add-name", "1:2:3", status=3)
        self.assertIn("openssl does not take the names", err)
        self.assertEqual(contents(self.store), before)

    def test_a_forgotten_client_is_gone_and_the_reader_is_told_what_that_means(self):
        self.prepare()
        self.run_script("--add-client", "old")
        out, _ = self.run_script("--forget-client", "old")
        self.assertIn("knows no revocation", out)
        self.assertFalse((self.store / "clients/old").exists())
        _, err = self.run_script("--forget-client", "ci", status=2)
        self.assertIn("named by the fleet", err)

    # What is issued again.

    def expect_issued(self, leaf, reason, *arguments):
        ca_key = (self.store / "ca-key.pem").read_bytes()
        out, _ = self.run_script(*arguments)
        self.assertIn(f"{leaf}: issued ({reason}", out)
        self.assertEqual(out.count(": issued"), 1, out)
        self.assertEqual((self.store / "ca-key.pem").read_bytes(), ca_key)
        out, _ = self.run_script("--check")
        self.assertIn("all is current", out)

    def test_an_expired_certificate(self):
        self.prepare()
        self.replace_leaf("clients/ci", -2)
        _, err = self.run_script("--check", status=1)
        self.assertIn("1 of them", err)
        self.expect_issued("client:ci", "expired on")

    def test_a_certificate_about_to_expire(self):
        self.prepare()
        self.replace_leaf("clients/ci", 29)
        out, _ = self.run_script("--check", status=1)
        self.assertIn("client:ci: to be issued (expires on", out)
        self.expect_issued("client:ci", "expires on")

    def test_a_short_certificate_is_renewed_in_its_last_third(self):
        self.prepare()
        self.replace_leaf("clients/nightly", 5)
        self.expect_issued("client:nightly", "expires on")

    def test_renew_before_on_the_command_line(self):
        self.prepare()
        self.replace_leaf("clients/ci", 99)
        self.expect_issued("client:ci", "expires on", "--renew-before", "100")

    def test_a_certificate_of_another_ca(self):
        self.prepare()
        self.run_script("--ca-dir", str(self.home / "other"))
        self.replace_leaf("clients/ci", 300, self.home / "other")
        self.expect_issued("client:ci", "the CA did not issue it")

    def test_a_damaged_certificate(self):
        for damage in (b"", b"\x00\xff nonsense", None):
            with self.subTest(damage=damage):
                self.prepare()
                if damage is None:
                    self.leaf("daemon").unlink()
                else:
                    self.leaf("daemon").write_bytes(damage)
                self.expect_issued("daemon", "its files are damaged")

    def test_a_key_that_is_not_the_certificates(self):
        self.prepare()
        shutil.copyfile(self.store / "clients/ci/key.pem", self.store / "daemon/key.pem")
        self.expect_issued("daemon", "its files are damaged or do not belong together")

    def test_a_certificate_that_says_something_else(self):
        self.prepare()
        shutil.copytree(self.store / "clients/ci", self.store / "daemon", dirs_exist_ok=True)
        self.expect_issued("daemon", "it lacks DNS:")

    def test_names_that_the_fleet_has_no_more(self):
        self.prepare()
        self.use_values(daemon_names="('buildkitd localhost 127.0.0.1 ::1')")
        self.expect_issued("daemon", "it has names that are wanted no more")

    def test_names_in_another_order_are_the_same_names(self):
        self.prepare()
        self.use_values(
            daemon_names="('localhost BUILDKITD buildkitd.crater-images.svc.cluster.local"
                         " *.buildkitd-headless.crater-images.svc.cluster.local"
                         " 0:0:0:0:0:0:0:1 127.0.0.1')")
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)

    def test_another_key_type(self):
        self.prepare()
        self.use_values(key_type="rsa_2048")
        out, _ = self.run_script()
        self.assertEqual(out.count("Key: rsa_2048), expires"), 3)

    def test_renewal_on_request(self):
        self.prepare()
        self.expect_issued("client:ci", "asked for", "--renew", "ci")
        out, _ = self.run_script("--force")
        self.assertEqual(out.count("issued (asked for)"), 3)
        _, err = self.run_script("--renew", "nobody", status=2)
        self.assertIn("there is no client `nobody`", err)

    # The CA.

    def test_the_ca_signed_again_keeps_what_it_issued(self):
        self.prepare()
        old_ca = (self.store / "ca.pem").read_bytes()
        leaves = {name: self.leaf(name).read_bytes() for name in ("daemon", "clients/ci")}
        out, _ = self.run_script("--renew", "ca")
        self.assertIn("what it has issued stays good", out)
        self.assertNotEqual((self.store / "ca.pem").read_bytes(), old_ca)
        (self.home / "old.pem").write_bytes(old_ca)
        for name, leaf in leaves.items():
            self.assertEqual(self.leaf(name).read_bytes(), leaf)
            self.assertEqual((self.store / name / "ca.pem").read_bytes(),
                             (self.store / "ca.pem").read_bytes())
            for ca in (self.home / "old.pem", self.store / "ca.pem"):
                openssl("verify", "-CAfile", ca, self.leaf(name))

    def test_a_ca_near_its_end(self):
        self.prepare()
        self.replace_ca(10)
        out, _ = self.run_script("--force")
        self.assertIn("ca: warning: expires on", out)
        self.assertNotIn("error", out)
        with self.assertRaises(subprocess.CalledProcessError):
            openssl("x509", "-checkend", 11 * 86400, "-noout", "-in", self.leaf("daemon"))
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)
        self.run_script("--check", status=1)
        out, _ = self.run_script("--renew", "ca")
        self.assertIn("daemon: issued (", out)
        self.run_script("--check")

    def test_an_expired_ca(self):
        self.prepare()
        self.replace_ca(-1)
        for arguments in ((), ("--check",)):
            _, err = self.run_script(*arguments, status=1)
            self.assertIn("the CA expired on", err)
            self.assertIn("--renew ca", err)
        self.run_script("--renew", "ca")
        self.run_script("--check")

    def test_a_ca_whose_key_is_elsewhere_serves_until_something_has_to_be_issued(self):
        self.prepare()
        (self.store / "ca-key.pem").rename(self.home / "kept-apart.pem")
        out, _ = self.run_script()
        self.assertIn("nothing was changed", out)
        before = contents(self.store)
        _, err = self.run_script("--add-client", "late", status=1)
        self.assertIn("the key of the CA is not there", err)
        self.assertEqual(contents(self.store), before)
        (self.home / "kept-apart.pem").rename(self.store / "ca-key.pem")
        self.run_script("--add-client", "late")

    def test_a_lost_ca_is_not_replaced_in_silence(self):
        self.prepare()
        for file in ("ca.pem", "ca-key.pem"):
            (self.store / file).unlink()
        before = contents(self.store)
        _, err = self.run_script(status=1)
        self.assertIn("--new-ca", err)
        self.assertEqual(contents(self.store), before)
        out, _ = self.run_script("--new-ca")
        self.assertEqual(out.count("issued (the CA did not issue it"), 3)

    def test_a_new_ca_puts_the_old_one_aside(self):
        self.prepare()
        key = (self.store / "ca-key.pem").read_bytes()
        self.run_script("--new-ca")
        kept = list((self.store / "retired").rglob("ca-key.pem"))
        self.assertEqual([path.read_bytes() for path in kept], [key])
        self.run_script("--check")

    def test_a_ca_certificate_that_is_missing_is_made_from_its_key(self):
        self.prepare()
        (self.store / "ca.pem").unlink()
        out, _ = self.run_script()
        self.assertIn("its certificate was missing", out)
        self.assertNotIn(": issued", out)

    def test_a_ca_that_is_none(self):
        self.prepare()
        ca = (self.store / "ca.pem").read_bytes()
        leaf = self.leaf("daemon").read_bytes()
        for content, words in ((b"nonsense", "is no certificate"),
                               (leaf, "is not the certificate of a CA")):
            (self.store / "ca.pem").write_bytes(content)
            _, err = self.run_script(status=1)
            self.assertIn(words, err)
        (self.store / "ca.pem").write_bytes(ca)
        shutil.copyfile(self.store / "daemon/key.pem", self.store / "ca-key.pem")
        _, err = self.run_script(status=1)
        self.assertIn("do not belong together", err)

    def test_a_folder_of_ones_own_with_spaces(self):
        folder = self.home / "my own $CA; 'x'"
        self.run_script(f"--ca-dir={folder}")
        self.assertTrue((folder / "clients/ci/cert.pem").exists())
        self.assertFalse(self.store.exists())
        out, _ = self.run_script("--ca-dir", str(folder))
        self.assertIn("nothing was changed", out)

    def test_a_folder_that_holds_other_things(self):
        (self.home / "docs").mkdir()
        (self.home / "docs/letter.txt").write_text("dear")
        (self.home / "docs").chmod(0o755)
        _, err = self.run_script("--ca-dir", str(self.home / "docs"), status=3)
        self.assertIn("holds other things", err)
        self.assertEqual(stat.S_IMODE((self.home / "docs").stat().st_mode), 0o755)

    # The world.

    def test_the_secrets_hold_the_files_under_the_keys_that_the_daemon_reads(self):
        self.prepare()
        out, err = self.run_script("--manifests")
        self.assertIn("all is current", err)
        secrets = self.read_secrets(out)
        self.assertEqual(set(secrets), {"buildkitd-certs", "buildkitd-client-ci",
                                        "buildkitd-client-nightly"})
        self.assertIn("type: Opaque", out)
        self.assertEqual(secrets["buildkitd-certs"],
                         {file: (self.store / "daemon" / file).read_bytes()
                          for file in ("ca.pem", "cert.pem", "key.pem")})

    def test_the_names_of_kubernetes_tls(self):
        self.prepare()
        self.use_values(ca_key_name="ca.crt", certificate_key_name="tls.crt",
                        private_key_name="tls.key")
        out, _ = self.run_script("--manifests")
        self.assertEqual(out.count("type: kubernetes.io/tls"), 3)
        self.assertEqual(set(self.read_secrets(out)["buildkitd-client-ci"]),
                         {"ca.crt", "tls.crt", "tls.key"})

    def read_secrets(self, manifests):
        secrets = {}
        for document in manifests.split("---\n")[1:]:
            name = document.split('  name: "')[1].split('"')[0]
            self.assertIn('  namespace: "crater-images"\n', document)
            data = document.split("\ndata:\n")[1].splitlines()
            pairs = (line.strip().split(": ") for line in data)
            secrets[name] = {key.strip('"'): base64.b64decode(value) for key, value in pairs}
        return secrets

    def test_apply_gives_kubectl_a_file_and_no_key_in_a_word(self):
        self.prepare()
        self.stand_in("kubectl", 'printf "%s\\n" "$@" >"$HOME/words"\n'
                      'while (($# > 1)); do if [[ "$1" == -f ]]; then cp "$2" "$HOME/applied"; fi\n'
                      'shift; done\necho "secret/x serverside-applied"\n')
        out, _ = self.run_script("--apply", "--context", "my cluster")
        words = (self.home / "words").read_text().splitlines()
        self.assertEqual(words[:4], ["--context", "my cluster", "apply", "--server-side"])
        self.assertEqual(set(self.read_secrets((self.home / "applied").read_text())),
                         {"buildkitd-certs", "buildkitd-client-ci", "buildkitd-client-nightly"})
        self.assertIn("serverside-applied", out)
        self.assertIn("rollout restart statefulset/buildkitd", out)
        self.assertEqual(list(self.store.glob(".*")), [])

    def test_kubectl_that_refuses_or_is_not_there(self):
        self.prepare()
        self.stand_in("kubectl", "echo 'no such namespace' >&2\nexit 1\n")
        _, err = self.run_script("--apply", status=3)
        self.assertIn("no such namespace", err)
        self.use_only("openssl")
        _, err = self.run_script("--apply", status=3)
        self.assertIn("needs kubectl, which is missing", err)

    def use_only(self, *wanted):
        """A machine with the usual programs, and of the others only the wanted ones."""
        folder = self.home / "only"
        folder.mkdir(exist_ok=True)
        usual = ["awk", "basename", "bash", "cat", "chmod", "comm", "cp", "env", "find", "grep",
                 "head", "ln", "ls", "mkdir", "mktemp", "mv", "readlink", "rm", "sed", "sleep",
                 "sort", "tr", "uname"]
        for program in [*usual, *wanted]:
            if not (folder / program).exists():
                (folder / program).symlink_to(shutil.which(program))
        self.environment = lambda: {"PATH": str(folder), "HOME": str(self.home)}

    def test_openssl_that_is_not_there(self):
        self.use_only()
        _, err = self.run_script(status=3)
        self.assertIn("openssl is missing: install", err)
        self.assertFalse(self.store.exists())

    def test_nothing_but_openssl_and_the_usual_programs_is_needed(self):
        self.use_only("openssl")
        self.run_script("--add-name", "x.example")
        self.run_script("--check")

    def test_openssl_that_fails_leaves_what_was_there(self):
        self.prepare()
        before = contents(self.store)
        real = shutil.which("openssl")
        self.stand_in("openssl", 'if [[ "$*" == *-extfile* ]]; then echo "cannot sign" >&2; exit 1\n'
                      f'fi\nexec {real} "$@"\n')
        _, err = self.run_script("--renew", "all", status=3)
        self.assertIn("cannot sign", err)
        self.assertIn("`openssl x509` failed", err)
        self.assertEqual(contents(self.store), before)

    def test_words_that_it_does_not_know(self):
        for arguments, words in ((("--aply",), "there is no argument `--aply`"),
                                 (("--ca-dir",), "--ca-dir needs a value"),
                                 (("--ca-dir=",), "--ca-dir needs a value"),
                                 (("--check=yes",), "there is no argument `yes`"),
                                 (("--renew-before", "soon"), "takes a number of days"),
                                 (("--add-name", "a_b"), "no DNS name and no IP address"),
                                 (("--add-name", "x.*.y"), "no DNS name and no IP address"),
                                 (("--add-name", "1.2.3.400;"), "no DNS name and no IP address"),
                                 (("--add-client", "../../etc"), "is no name for a client"),
                                 (("--add-client", "Ci"), "is no name for a client"),
                                 (("--check", "--force"), "--check changes nothing")):
            with self.subTest(arguments=arguments):
                _, err = self.run_script(*arguments, status=2)
                self.assertIn(words, err)
                self.assertFalse(self.store.exists())
        out, _ = self.run_script("--help")
        self.assertIn(str(self.store), out)

    def test_check_without_a_store_makes_none(self):
        _, err = self.run_script("--check", status=1)
        self.assertIn("there is no CA in", err)
        self.assertFalse(self.store.exists())

    def test_two_runs_at_once_make_one_ca(self):
        runs = [self.start("--add-client", name) for name in ("one", "two", "three")]
        outputs = [run.communicate(timeout=120) for run in runs]
        self.assertEqual([run.returncode for run in runs], [0, 0, 0], outputs)
        self.assertEqual(sum("ca: made" in out for out, _ in outputs), 1)
        self.assertEqual(sum("daemon: issued" in out for out, _ in outputs), 1)
        for name in ("one", "two", "three"):
            openssl("verify", "-CAfile", self.store / "ca.pem", self.leaf(f"clients/{name}"))
        self.assertEqual(list(self.store.glob(".*")), [])

    def test_a_lock_of_a_run_that_lives(self):
        self.prepare()
        self.path.write_text(self.path.read_text().replace("lock_patience=60", "lock_patience=1"))
        (self.store / ".lock").symlink_to(f"{os.getpid()}@{os.uname().nodename}")
        _, err = self.run_script(status=3)
        self.assertIn(f"another run ({os.getpid()}@", err)
        self.run_script("--check")

    def test_a_lock_of_a_run_that_was_killed(self):
        self.prepare()
        dead = subprocess.Popen(["true"])
        dead.wait()
        (self.store / ".lock").symlink_to(f"{dead.pid}@{os.uname().nodename}")
        (self.store / ".new.abc").mkdir()
        self.run_script()
        self.assertEqual(list(self.store.glob(".*")), [])

    def complete_after(self, key):
        self.run_script()
        self.run_script("--check")
        self.assertEqual((self.store / "ca-key.pem").read_bytes(), key)
        self.assertEqual(list(self.store.glob(".*")), [])

    def test_a_run_killed_after_any_move_is_completed_by_the_next(self):
        self.stand_in("mv", f'{shutil.which("mv")} "$@"\necho >>"$HOME/moves"\n'
                      'if (($(wc -l <"$HOME/moves") == moves)); then kill -9 "$PPID"; fi\n')
        environment = self.environment()
        for arguments, moves in ((), (1, 2, 3, 4, 5, 6)), (("--renew", "daemon"), (1, 2)):
            for count in moves:
                if not arguments:
                    shutil.rmtree(self.store, ignore_errors=True)
                (self.home / "moves").write_text("")
                self.environment = lambda: {**environment, "moves": str(count)}
                with self.subTest(arguments=arguments, count=count):
                    self.run_script(*arguments, status=-signal.SIGKILL)
                    self.environment = lambda: {**environment, "moves": "0"}
                    self.complete_after((self.store / "ca-key.pem").read_bytes())

    def test_a_run_that_is_told_to_end_cleans_up(self):
        self.prepare()
        key = (self.store / "ca-key.pem").read_bytes()
        for moment in (0, 0.05, 0.3):
            run = self.start("--force", start_new_session=True)
            while not (self.store / ".lock").is_symlink():
                time.sleep(0.01)
            time.sleep(moment)
            os.killpg(run.pid, signal.SIGTERM)
            run.communicate()
            self.assertEqual(run.returncode, 143)
            self.assertEqual(list(self.store.glob(".*")), [])
            self.complete_after(key)

    def as_nobody(self):
        """Options of a run by a user whom modes bind; root is bound by none."""
        if os.getuid() != 0:
            return {}
        for path in [self.home, *self.home.rglob("*")]:
            os.lchown(path, 65534, 65534)
        return {"user": 65534, "group": 65534, "extra_groups": []}

    def test_folders_that_cannot_be_read_or_written(self):
        self.prepare()
        options = self.as_nobody()
        self.store.chmod(0o500)
        _, err = self.run_script("--renew", "ci", status=3, **options)
        self.assertIn("cannot write into", err)
        self.run_script("--check", **options)
        self.store.chmod(0)
        for arguments in ((), ("--check",)):
            _, err = self.run_script(*arguments, status=3, **options)
            self.assertIn("cannot read the folder", err)
        _, err = self.run_script("--ca-dir", "/proc/here", status=3, **options)
        self.assertIn("cannot make the folder `/proc/here`", err)

    def test_shellcheck_is_quiet(self):
        self.check_shell()


if __name__ == "__main__":
    sample.main()
