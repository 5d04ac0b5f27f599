using static Gateway.Authoring.Conformance.AtfStanding;

namespace Gateway.Authoring.Conformance;

/// <summary>I-1 to I-5: who is the agent?</summary>
internal static class IdentityFindings
{
    public static AtfFinding Identifier(AtfSubject subject)
    {
        var unknown = subject.Records?.Unregistered(subject.Tenant) ?? [];
        return unknown.Count == 0
            ? AtfFinding.Of(Met, "Its name is unique in its tenant, and in all of its records.", subject.Agent.Source)
            : AtfFinding.Of(
                NotMet,
                "The journal has agents of this tenant that no document has, so their names could be given away: "
                    + $"{string.Join(", ", unknown.Select(one => one.Agent))}. Keep who is gone as 'retired'.",
                subject.Agent.Source
            ) with
            {
                Records = [.. unknown.Select(one => one.First)],
            };
    }

    public static AtfFinding Credentials(AtfSubject subject)
    {
        var agent = subject.Agent;
        if (agent.BearerTools)
        {
            return AtfFinding.Of(Partly, "A bearer key opens its tools, and can be copied and replayed.", agent.Source);
        }

        return subject.Records?.Of(agent.Tenant, agent.Id).Bearer is { } bearer
            ? AtfFinding.Of(Partly, "It acted with a bearer key, which can be copied and replayed.", agent.Source) with
            {
                Records = [bearer],
            }
            : AtfFinding.Of(Met, "Its tools take signed requests only.", agent.Source);
    }

    public static AtfFinding Owners(AtfSubject subject) =>
        (string.IsNullOrWhiteSpace(subject.Agent.HumanOwner), string.IsNullOrWhiteSpace(subject.Agent.SecurityOwner)) switch
        {
            (false, false) => AtfFinding.Of(Met, "It has a human and a security owner.", subject.Agent.Source),
            (true, true) => AtfFinding.Of(NotMet, "Nobody owns it.", subject.Agent.Source),
            (true, false) => AtfFinding.Of(Partly, "It has no human owner.", subject.Agent.Source),
            (false, true) => AtfFinding.Of(Partly, "It has no security owner.", subject.Agent.Source),
        };

    public static AtfFinding Purpose(AtfSubject subject) =>
        subject.Agent.Purpose.Length > 0
            ? AtfFinding.Of(Met, "Its purpose is declared.", subject.Agent.Source)
            : AtfFinding.Of(NotMet, "It declares no purpose.", subject.Agent.Source);

    public static AtfFinding Capabilities(AtfSubject subject) =>
        subject.Agent.Capabilities is { } manifest
            ? AtfFinding.Of(Met, $"Its manifest lists {manifest.Operations.Count} operations.", subject.Agent.Source)
            : AtfFinding.Of(NotMet, "It has no list of capabilities: write 'capabilities'.", subject.Agent.Source);
}
