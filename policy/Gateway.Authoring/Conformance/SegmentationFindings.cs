using Gateway.Policy.Model;
using static Gateway.Authoring.Conformance.AtfStanding;

namespace Gateway.Authoring.Conformance;

/// <summary>S-1 to S-5: where can the agent go, and how much can it do there?</summary>
internal static class SegmentationFindings
{
    public static AtfFinding Resources(AtfSubject subject)
    {
        var permissions = subject.Granted.Select(granted => granted.Permission).Distinct().ToList();
        var whole = permissions.Where(permission => permission.Operations.Count == 0).ToList();
        return whole.Count > 0
            ? AtfFinding.Of(
                Partly,
                $"Permissions for all of a connector: {string.Join(", ", whole.Select(one => one.Name))}. List the operations.",
                whole.Select(one => one.Source)
            )
            : AtfFinding.Of(
                Met,
                $"{subject.Granted.Count} operations are listed by name; nothing else can be reached.",
                permissions.Select(one => one.Source).DefaultIfEmpty(subject.Agent.Source)
            );
    }

    public static AtfFinding Actions(AtfSubject subject) =>
        subject.Dossier.Backing.On(subject.Day) is not AtfLevel.Unassigned and var level
            ? AtfFinding.Of(Met, $"The boundary of {Vocabulary.Level.Text(level)} says what it may do by itself.", subject.Agent.Source)
            : AtfFinding.Of(NotMet, "No level that is assigned and backed says what it may do.", subject.Agent.Source);

    public static AtfFinding Rate(AtfSubject subject) =>
        subject.Dossier.Limits is { Rate: { } rate } limits
            ? AtfFinding.Of(Met, $"At most {LimitText.Of(rate)}, as {Says(limits.RateFrom)}.", subject.Agent.Source)
            : AtfFinding.Of(NotMet, "Its rate isn't limited: 'rate' is 'none'.", subject.Agent.Source);

    public static AtfFinding Transactions(AtfSubject subject) =>
        AtfFinding.Unless(
            subject.Granted.Where(granted =>
                granted.Operation is { Action: ActionType.Financial, Transaction: null } && granted.Permission.Transaction is null
            ),
            "Financial operations without a 'transaction' limit",
            () => AtfFinding.Of(Met, "Whatever it may pay has a limit, or it may pay nothing.", Financial(subject))
        );

    public static AtfFinding Cumulative(AtfSubject subject) =>
        subject.Agent.Cumulative is not null
            ? AtfFinding.Of(
                Partly,
                "What it does in a window is limited; it can't have children, so nothing cascades.",
                subject.Agent.Source
            )
            : AtfFinding.Of(NotMet, "Nothing limits what it does together: write 'cumulative'.", subject.Agent.Source);

    private static IEnumerable<SourcePosition> Financial(AtfSubject subject) =>
        subject
            .Granted.Where(granted => granted.Operation.Action == ActionType.Financial)
            .Select(granted => granted.Operation.Transaction is null ? granted.Permission.Source : granted.Source)
            .DefaultIfEmpty(subject.Agent.Source);

    private static string Says(LimitOrigin origin) =>
        origin switch
        {
            LimitOrigin.BuiltIn => "Gateway limits whoever says nothing",
            LimitOrigin.Tenant => "its tenant says",
            LimitOrigin.Agent => "its own document says",
        };
}
