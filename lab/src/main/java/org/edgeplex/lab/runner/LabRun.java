package org.edgeplex.lab.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.check.Check;
import org.edgeplex.lab.check.CheckReport;
import org.edgeplex.lab.check.CheckResult;
import org.edgeplex.lab.check.LabChecks;
import org.edgeplex.lab.check.LabUnderTest;
import org.edgeplex.lab.topology.Topology;
import org.edgeplex.lab.topology.VpnService;

/// `lab run`, from the claim of the name to the table of results.
public final class LabRun {
    private final LabRunOptions options;
    private final Topology topology;
    private final Progress progress;

    public LabRun(LabRunOptions options, Topology topology, PrintWriter out) {
        this.options = options;
        this.topology = topology;
        this.progress = new Progress(out);
    }

    /// True when every check passed.
    public boolean run() {
        // What a run that fails before its checks leaves there: no check, and none of the run
        // before.
        writeJson(new CheckReport(List.of()));
        boolean passed;
        try (Lab lab = claimed()) {
            progress.say("lab " + options.labName() + " in " + lab.machine().directory().path());
            lab.bringUp(progress);
            LabUnderTest underTest = new LabUnderTest(lab.machine(), lab.nodes(), progress::detail);
            order(underTest);
            passed = options.skipChecks() || check(underTest).allPassed();
            if (options.keep()) {
                lab.keep();
                progress.say(
                        "the lab stays up: ./edgeplex lab status|exec|capture|down --name "
                                + options.labName());
            } else {
                progress.step("taking the lab down", lab::close);
            }
        }
        return passed;
    }

    private Lab claimed() {
        return Lab.claim(options.labName(), options.topologyFile(), topology, options.store());
    }

    private void order(LabUnderTest lab) {
        for (VpnService service : topology.vpnServices(VpnService.Ordered.AT_START)) {
            progress.step("ordering the VPN " + service.name(), () -> lab.order(service).place());
        }
    }

    private CheckReport check(LabUnderTest lab) {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : LabChecks.of(lab)) {
            CheckResult result =
                    progress.result("check " + check.name(), () -> CheckResult.of(check));
            if (lab.machine().commands().isClosed()) {
                throw new LabException("interrupted: the lab is being taken down");
            }
            progress.detail(
                    (result.passed() ? "passed: " : "FAILED: ") + result.measurement().text());
            results.add(result);
        }
        CheckReport report = new CheckReport(results);
        progress.print("\n" + report.table());
        writeJson(report);
        return report;
    }

    private void writeJson(CheckReport report) {
        if (!options.json().isEmpty()) {
            report.writeJson(Path.of(options.json()));
        }
    }
}
