"""buildx.sh: what it asks of buildx, and what the real buildx makes of it where there is one."""

import json
import shutil

import sample

# Writes each call as a line of JSON-like words, and answers as buildx does.
STAND_IN = r"""
printf '%s\n' "$#" "$@" >>"$HOME/calls"
case "$1" in
  version) echo 'github.com/docker/buildx v0.38.2' ;;
  inspect)
    [[ -e "$HOME/driver" ]] || { echo 'ERROR: no builder found' >&2; exit 1; }
    printf 'Name:          x\nDriver:        %s\n' "$(cat "$HOME/driver")"
    ;;
  create) if [[ -e "$HOME/refuses" ]]; then echo 'ERROR: refused' >&2; exit 1; fi ;;
esac
"""

HOST = "buildkitd-headless.crater-images.svc.cluster.local:1234"


class Buildx(sample.ScriptTest):
    emitted_name = "buildx"

    def setUp(self):
        super().setUp()
        self.stand_in("docker", "exit 1\n")
        self.stand_in("buildx", STAND_IN)
        self.store = self.home / ".local/share/bkfc/crater/crater-images/buildkitd/clients"
        self.put_certificates(self.store / "ci")

    def put_certificates(self, folder, names=("ca.pem", "cert.pem", "key.pem")):
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).write_text("x")

    def calls(self, verb):
        """The words of each call with this verb since the last look."""
        path = self.home / "calls"
        words = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        calls = []
        while words:
            count = int(words.pop(0))
            calls.append(words[:count])
            words = words[count:]
        return [call for call in calls if call[0] == verb]

    def test_one_builder_through_the_service(self):
        out, err = self.run_script()
        self.assertEqual(err, "")
        self.assertIn("builder crater-buildkitd: set to tcp://buildkitd.crater-images.svc", out)
        folder = self.store / "ci"
        self.assertEqual(self.calls("create"), [[
            "create", "--name", "crater-buildkitd", "--node", "crater-buildkitd0",
            "--driver", "remote", "--driver-opt", f'"cacert={folder}/ca.pem"',
            "--driver-opt", f'"cert={folder}/cert.pem"', "--driver-opt", f'"key={folder}/key.pem"',
            "tcp://buildkitd.crater-images.svc.cluster.local:1234"]])

    def test_a_builder_for_each_replica(self):
        self.run_script("--all")
        self.assertEqual([(call[2], call[-1]) for call in self.calls("create")],
                         [(f"crater-buildkitd-{i}", f"tcp://buildkitd-{i}.{HOST}")
                          for i in range(3)])

    def test_one_replica(self):
        self.run_script("--replica", "2", "--use")
        call, = self.calls("create")
        self.assertEqual(call[2], "crater-buildkitd-2")
        self.assertEqual(call[-2:], ["--use", f"tcp://buildkitd-2.{HOST}"])

    def test_a_key_always_falls_on_the_same_replica_and_keys_are_spread(self):
        seen = set()
        for key in ("team/api", "team/web", "team/db", "x", "y", "z"):
            names = set()
            for _ in range(2):
                self.run_script("--for", key)
                names.add(self.calls("create")[0][2])
            self.assertEqual(len(names), 1)
            seen |= names
        self.assertGreater(len(seen), 1)

    def test_through_a_port_forward(self):
        self.run_script("--replica=0", "--endpoint=127.0.0.1:1234", "--servername", "buildkitd")
        call, = self.calls("create")
        self.assertEqual(call[2], "crater-buildkitd-0")
        self.assertEqual(call[-3:], ["--driver-opt", '"servername=buildkitd"',
                                     "tcp://127.0.0.1:1234"])

    def test_relative_and_odd_folders_become_absolute_fields(self):
        odd = self.home / 'my "certs", $x'
        self.put_certificates(odd, ("ca.crt", "tls.crt", "tls.key"))
        self.run_script("--certs", odd.name, cwd=self.home)
        call, = self.calls("create")
        quoted = str(odd).replace('"', '""')
        self.assertEqual(call[8:13:2], [f'"cacert={quoted}/ca.crt"', f'"cert={quoted}/tls.crt"',
                                        f'"key={quoted}/tls.key"'])

    def test_certificates_that_are_not_there(self):
        _, err = self.run_script("--client", "nobody", status=3)
        self.assertIn("run create-certs.sh", err)
        (self.store / "ci/key.pem").unlink()
        _, err = self.run_script(status=3)
        self.assertIn("key.pem", err)
        self.assertEqual(self.calls("create"), [])

    def test_a_fleet_without_tls(self):
        self.use_values(has_tls="no", client="''")
        self.run_script()
        self.assertNotIn("--driver-opt", self.calls("create")[0])

    def test_removing_removes_ours_alone(self):
        out, _ = self.run_script("--remove")
        self.assertIn("there was none", out)
        (self.home / "driver").write_text("docker-container")
        _, err = self.run_script("--remove", status=2)
        self.assertIn("this script did not make it", err)
        self.assertEqual(self.calls("rm"), [])
        (self.home / "driver").write_text("remote")
        out, _ = self.run_script("--remove", "--all")
        self.assertEqual([call[1] for call in self.calls("rm")],
                         [f"crater-buildkitd-{i}" for i in range(3)])

    def test_what_buildx_refuses_is_said(self):
        (self.home / "refuses").touch()
        _, err = self.run_script(status=3)
        self.assertIn("ERROR: refused", err)

    def test_docker_comes_before_a_buildx_by_itself(self):
        self.stand_in("docker", 'printf "%s\\n" "$@" >>"$HOME/docker-calls"\n')
        self.run_script()
        self.assertEqual((self.home / "docker-calls").read_text().split()[:4],
                         ["buildx", "version", "buildx", "create"])
        self.assertEqual(self.calls("create"), [])

    def test_no_buildx_at_all(self):
        (self.programs / "buildx").unlink()
        for program in ("bash", "cksum", "cut", "env"):
            (self.programs / program).symlink_to(shutil.which(program))
        _, err = self.run_script(status=3, env={**self.environment(), "PATH": str(self.programs)})
        self.assertIn("buildx is missing", err)

    def test_words_that_it_does_not_know(self):
        for arguments, words in ((("--al",), "there is no argument `--al`"),
                                 (("--name",), "--name needs a value"),
                                 (("--replica", "two"), "takes a number"),
                                 (("--replica", "3"), "there is no replica 3"),
                                 (("--all", "--use"), "--all makes several")):
            _, err = self.run_script(*arguments, status=2)
            self.assertIn(words, err)
        self.use_values(replicas="()")
        _, err = self.run_script("--all", status=2)
        self.assertIn("no names of their own", err)
        self.assertEqual(self.calls("create"), [])

    def test_the_real_buildx_keeps_what_it_was_told(self):
        real = sample.judge("buildx", "buildx")
        (self.programs / "buildx").unlink()
        (self.programs / "buildx").symlink_to(real)
        odd = self.home / 'my "certs", $x'
        self.put_certificates(odd)
        for endpoint in ("tcp://127.0.0.1:1", "tcp://127.0.0.1:2"):
            self.run_script("--certs", str(odd), "--endpoint", endpoint, "--servername", "x")
            builder = json.loads(
                (self.home / ".docker/buildx/instances/crater-buildkitd").read_text())
            node, = builder["Nodes"]
            self.assertEqual(node["Endpoint"], endpoint)
            self.assertEqual(node["DriverOpts"], {
                "cacert": f"{odd}/ca.pem", "cert": f"{odd}/cert.pem", "key": f"{odd}/key.pem",
                "servername": "x"})
        self.run_script("--certs", str(odd))
        builder = json.loads((self.home / ".docker/buildx/instances/crater-buildkitd").read_text())
        self.assertNotIn("servername", builder["Nodes"][0]["DriverOpts"])
        self.run_script("--remove", "--endpoint", "tcp://127.0.0.1:2")
        self.assertFalse((self.home / ".docker/buildx/instances/crater-buildkitd").exists())

    def test_shellcheck_is_quiet(self):
        self.check_shell()


if __name__ == "__main__":
    sample.main()
