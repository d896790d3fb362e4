package org.edgeplex.controller.reconcile;

import java.util.List;

/// What to do next, and what cannot be done.
public record Plan(List<Task> tasks, List<Problem> problems) {
    /// A step, and what it is done for.
    public record Task(String subject, Step step) {}

    /// Why a subject does not get on.
    public record Problem(String subject, String reason) {}

    public Plan {
        tasks = List.copyOf(tasks);
        problems = List.copyOf(problems);
    }

    List<Step> steps() {
        return tasks.stream().map(Task::step).toList();
    }
}
