using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>How far each agent of a governance meets the 25 requirements. Immutable.</summary>
/// <param name="Day">In UTC, for the age of evidence.</param>
/// <param name="HasRecords">Whether a journal was looked at.</param>
/// <param name="Agents">By tenant and name.</param>
public sealed record AtfReport(Sha256Digest Revision, DateOnly Day, bool HasRecords, IReadOnlyList<AtfAgent> Agents)
{
    /// <param name="records">Null where there is no journal to look at.</param>
    /// <param name="day">In UTC.</param>
    public static AtfReport Create(Snapshot snapshot, AtfRecords? records, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new AtfReport(
            snapshot.Revision,
            day,
            records is not null,
            [
                .. from id in snapshot.Tenants
                let tenant = snapshot.Find(id)!
                from dossier in tenant.Agents.Values.OrderBy(one => one.Agent.Id.ToString(), StringComparer.Ordinal)
                select AtfAgent.Of(new AtfSubject(tenant, dossier, records, day)),
            ]
        );
    }
}

/// <summary>One agent's part of the report.</summary>
/// <param name="Assigned">The level of its document.</param>
/// <param name="Backed">The level that counts on the day, after what its profile asks for and every demotion of the documents.</param>
/// <param name="Rows">All 25, in the framework's order.</param>
public sealed record AtfAgent(Agent Agent, AtfLevel Assigned, AtfLevel Backed, IReadOnlyList<AtfRow> Rows)
{
    internal static AtfAgent Of(AtfSubject subject) =>
        new(
            subject.Agent,
            subject.Agent.Level,
            subject.Dossier.Backing.On(subject.Day),
            [.. AtfRequirements.All.Select(requirement => new AtfRow(requirement, requirement.Judge(subject)))]
        );

    /// <summary>What the framework demands at a level and isn't met in full: only without any does an agent conform to it.</summary>
    public IReadOnlyList<AtfRow> LackingAt(AtfLevel level) =>
        [.. Rows.Where(row => row.Requirement.MustFrom <= level && row.Finding.Standing != AtfStanding.Met)];

    /// <summary>How many of the five requirements of an element are met in full.</summary>
    /// <param name="element">Its letter.</param>
    public int MetOf(char element) => Rows.Count(row => row.Requirement.Id[0] == element && row.Finding.Standing == AtfStanding.Met);
}

/// <summary>One requirement, and what was found about it.</summary>
public sealed record AtfRow(AtfRequirement Requirement, AtfFinding Finding)
{
    /// <summary>Everything that it rests on: documents by file, line and column, records of the journal, and the test.</summary>
    public IEnumerable<string> Evidence =>
        [
            .. Finding.Documents.Select(document => document.ToString()),
            .. Finding.Records.Select(record => "record " + record),
            Requirement.Test,
        ];
}
