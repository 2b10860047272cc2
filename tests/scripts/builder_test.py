"""A builder over several fleets: what its script asks of buildx, and what the real buildx makes of it
where there is one."""

import json
import shutil

import sample
from buildx_test import STAND_IN


class Builder(sample.ScriptTest):
    emitted_name = "builder"

    def setUp(self):
        super().setUp()
        self.stand_in("docker", "exit 1\n")
        self.stand_in("buildx", STAND_IN)
        self.folder = self.home / ".local/share/bkfc/authorities/shared/clients/github"
        self.put_certificates(self.folder)

    def put_certificates(self, folder):
        folder.mkdir(parents=True)
        for name in ("ca.pem", "cert.pem", "key.pem"):
            (folder / name).write_text("x")

    def calls(self):
        """The words of each call since the last look, but for questions."""
        path = self.home / "calls"
        words = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        calls = []
        while words:
            count = int(words.pop(0))
            calls.append(words[:count])
            words = words[count:]
        return [call for call in calls if call[0] in ("create", "rm")]

    def test_a_node_for_each_fleet_with_its_platforms(self):
        out, err = self.run_script()
        self.assertEqual(err, "")
        options = ["--driver-opt", f'"cacert={self.folder}/ca.pem"', "--driver-opt",
                   f'"cert={self.folder}/cert.pem"', "--driver-opt", f'"key={self.folder}/key.pem"']
        self.assertEqual(self.calls(), [
            ["create", "--name", "all", "--node", "all0", "--driver", "remote", "--platform",
             "linux/amd64", *options, "tcp://amd.ci.svc:1234"],
            ["create", "--name", "all", "--node", "all1", "--driver", "remote", "--platform",
             "linux/arm64", "--append", *options, "tcp://arm.ci.svc:1234"]])

    def test_a_key_falls_on_one_replica_of_each_fleet(self):
        seen = set()
        for key in ("team/api", "team/web", "team/db", "x", "y", "z"):
            ends = set()
            for _ in range(2):
                self.run_script("--for", key)
                ends.add(tuple(call[-1] for call in self.calls()))
            (amd, arm), = ends
            self.assertRegex(amd, r"^tcp://amd-[012]\.amd-headless\.ci\.svc:1234$")
            self.assertRegex(arm, r"^tcp://arm-[012]\.arm-headless\.ci\.svc:1234$")
            seen |= ends
        self.assertGreater(len(seen), 1)

    def test_each_fleet_has_an_endpoint_and_certificates_of_its_own(self):
        self.put_certificates(self.home / "a=b")
        self.run_script("--endpoint=arm=127.0.0.1:5", "--for", "x", "--certs",
                        f"lab/ci/amd={self.home}/a=b", "--name", "mine")
        amd, arm = self.calls()
        self.assertEqual(amd[2], "mine")
        self.assertIn(f'"key={self.home}/a=b/key.pem"', amd)
        self.assertIn(f'"key={self.folder}/key.pem"', arm)
        self.assertEqual(arm[-1], "tcp://127.0.0.1:5")
        self.run_script("--certs", "a=b", cwd=self.home)
        for call in self.calls():
            self.assertIn(f'"key={self.home}/a=b/key.pem"', call)

    def test_a_fleet_without_tls_and_one_that_says_no_platform(self):
        self.use_values(clients="('' github)", platforms="('' linux/arm64)")
        self.run_script()
        amd, arm = self.calls()
        self.assertEqual(amd, ["create", "--name", "all", "--node", "all0", "--driver", "remote",
                               "tcp://amd.ci.svc:1234"])
        self.assertIn("--driver-opt", arm)

    def test_nothing_is_taken_away_before_all_is_there(self):
        (self.home / "driver").write_text("remote")
        _, err = self.run_script("--client", "nobody", status=3)
        self.assertIn("run create-certs.sh", err)
        self.assertEqual(self.calls(), [])

    def test_a_builder_of_another_kind_is_left_alone(self):
        (self.home / "driver").write_text("docker-container")
        for arguments in ((), ("--remove",)):
            _, err = self.run_script(*arguments, status=2)
            self.assertIn("this script did not make it", err)
        self.assertEqual(self.calls(), [])

    def test_words_that_it_does_not_know(self):
        for arguments, words in ((("--al",), "there is no argument `--al`"),
                                 (("--name",), "--name needs a value"),
                                 (("--endpoint", "x"), "takes FLEET=URL"),
                                 (("--endpoint", "mips=x"), "there is no fleet `mips`")):
            _, err = self.run_script(*arguments, status=2)
            self.assertIn(words, err)
        self.use_values(fleets="(lab/ci/amd edge/ci/amd)")
        _, err = self.run_script("--endpoint", "amd=x", status=2)
        self.assertIn("several fleets are called `amd`", err)
        self.assertEqual(self.calls(), [])

    def test_no_buildx_at_all(self):
        (self.programs / "buildx").unlink()
        for program in ("bash", "awk", "env"):
            (self.programs / program).symlink_to(shutil.which(program))
        _, err = self.run_script(status=3, env={**self.environment(), "PATH": str(self.programs)})
        self.assertIn("buildx is missing", err)

    def use_the_real_buildx(self):
        real = sample.judge("buildx", "buildx")
        (self.programs / "buildx").unlink()
        (self.programs / "buildx").symlink_to(real)

    def nodes(self):
        path = self.home / ".docker/buildx/instances/all"
        return json.loads(path.read_text())["Nodes"] if path.exists() else None

    def test_the_real_buildx_keeps_what_it_was_told(self):
        self.use_the_real_buildx()
        self.run_script()
        self.assertEqual(
            [(n["Endpoint"], n["Platforms"], n["DriverOpts"]["cert"]) for n in self.nodes()],
            [(f"tcp://{name}.ci.svc:1234", [{"architecture": f"{name}64", "os": "linux"}],
              f"{self.folder}/cert.pem") for name in ("amd", "arm")])

    def test_the_real_buildx_is_set_to_what_the_script_says_now(self):
        self.use_the_real_buildx()
        self.run_script("--use")
        self.use_values(endpoints="(tcp://arm.ci.svc:1234 tcp://amd.ci.svc:1234)",
                        platforms="('' linux/386)")
        _, err = self.run_script()
        self.assertEqual(err, "")
        self.assertEqual([(n["Endpoint"], n["Platforms"]) for n in self.nodes()],
                         [("tcp://arm.ci.svc:1234", []),
                          ("tcp://amd.ci.svc:1234", [{"architecture": "386", "os": "linux"}])])
        current = json.loads((self.home / ".docker/buildx/current").read_text())
        self.assertEqual(current["Name"], "all")
        self.use_values(fleets="(lab/ci/amd)")
        self.run_script()
        self.assertEqual(len(self.nodes()), 1)
        out, _ = self.run_script("--remove")
        self.assertIn("builder all: removed", out)
        self.assertIsNone(self.nodes())

    def test_shellcheck_is_quiet(self):
        self.check_shell()


if __name__ == "__main__":
    sample.main()
