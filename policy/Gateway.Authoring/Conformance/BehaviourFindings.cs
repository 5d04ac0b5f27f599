using Gateway.Policy.Model;
using static Gateway.Authoring.Conformance.AtfStanding;

namespace Gateway.Authoring.Conformance;

/// <summary>B-1 to B-5: what does the agent do?</summary>
internal static class BehaviourFindings
{
    public static AtfFinding Logging(AtfSubject subject)
    {
        if (subject.Records?.Problem is { } problem)
        {
            return AtfFinding.Of(NotMet, $"The journal isn't whole: {problem}");
        }

        var permissions = subject.Granted.Select(granted => granted.Permission).Distinct().ToList();
        var off = permissions.Where(permission => !permission.AuditLogging).ToList();
        return off.Count > 0
            ? AtfFinding.Of(
                NotMet,
                $"Permissions without 'auditLogging' are there, and refused: {string.Join(", ", off.Select(one => one.Name))}.",
                off.Select(one => one.Source)
            )
            : AtfFinding.Of(
                Met,
                "Every permission is logged" + (subject.Records is null ? "." : ", and the journal is whole as far as it can be checked."),
                permissions.Select(one => one.Source).DefaultIfEmpty(subject.Agent.Source)
            );
    }

    public static AtfFinding Attribution(AtfSubject subject)
    {
        var agent = subject.Agent;
        return subject.Records?.Of(agent.Tenant, agent.Id) switch
        {
            null => AtfFinding.Of(Partly, "Records name agent and key. Only a journal shows whether it names its sessions.", agent.Source),
            { First: null } => AtfFinding.Of(Partly, "The journal has no action of it, so no session either.", agent.Source),
            { WithoutSession: { } record } => AtfFinding.Of(Partly, "It did something without naming its session.", agent.Source) with
            {
                Records = [record],
            },
            var own => AtfFinding.Of(Met, $"Each of its {own.Decisions} decisions names its session.", agent.Source) with
            {
                Records = [own.First],
            },
        };
    }

    public static AtfFinding Baseline(AtfSubject subject) =>
        subject.Triggers(TriggerEvent.Baseline).FirstOrDefault() is { } learns
            ? AtfFinding.Of(Partly, $"The trigger '{learns.Name}' learns what it does, anew after each start.", learns.Source)
        : subject.Agent.Hours is not null
            ? AtfFinding.Of(Partly, "Its hours are stated; what else is normal nobody learns.", subject.Agent.Source)
        : AtfFinding.Of(
            NotMet,
            "Nothing says what is normal for it: 'hours' would say when it works, a Trigger on 'baseline' would learn it.",
            subject.Agent.Source
        );

    public static AtfFinding Anomalies(AtfSubject subject) =>
        subject.Triggers(TriggerEvent.Baseline).FirstOrDefault() is { } notices
            ? AtfFinding.Of(Partly, $"The trigger '{notices.Name}' notices what it never did before.", notices.Source)
        : subject.Dossier.Limits.Concurrency is { } most
            ? AtfFinding.Of(Partly, $"More than {most} requests at once are refused; what is odd nobody notices.", subject.Agent.Source)
        : AtfFinding.Of(NotMet, "Nothing bounds how much it does at once: 'concurrency' is 'none'.", subject.Agent.Source);

    /// <summary>A decision's path says which rule it was; only the rule's author can say why it is there.</summary>
    public static AtfFinding Reasons(AtfSubject subject)
    {
        var unexplained = (
            from policy in subject.Tenant.Policies.All
            from rule in subject.Granted.SelectMany(granted => policy.Engine.RulesFor(granted.Name)).Distinct()
            where rule.Effect != Verdict.Allow && rule.ReasonCodes.Count == 0
            select (Name: $"{policy.Document.Name}/{rule.Name}", rule.Position)
        ).ToList();
        return unexplained.Count > 0
            ? AtfFinding.Of(
                NotMet,
                $"Rules refuse without a reason of their own: {string.Join(", ", unexplained.Select(rule => rule.Name))}.",
                unexplained.Select(rule => rule.Position)
            )
            : AtfFinding.Of(Partly, "Gateway's decisions have their reasons; the agent's own thoughts aren't known.", subject.Agent.Source);
    }
}
