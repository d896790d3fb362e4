package org.edgeplex.controller.reconcile;

import java.util.ArrayList;
import java.util.List;

/// Collects a plan, in order.
final class PlanBuilder {
    private final List<Plan.Task> tasks = new ArrayList<>();
    private final List<Plan.Problem> problems = new ArrayList<>();

    void add(String subject, Step step) {
        tasks.add(new Plan.Task(subject, step));
    }

    void problem(String subject, String reason) {
        problems.add(new Plan.Problem(subject, reason));
    }

    Plan build() {
        return new Plan(tasks, problems);
    }
}
