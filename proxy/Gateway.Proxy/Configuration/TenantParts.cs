using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Makes everything that a tenant needs ready (its store, its shared state, its journal) before its documents come into force, keeps them
/// for whoever audits what is judged by them, and puts them on record. Throws when any of that can't be done; they don't come into force
/// then.
/// </summary>
public delegate Task TenantPreparation(CompiledTenant tenant, CancellationToken cancellationToken);

/// <summary>Puts on record that a tenant's documents didn't come into force. Does what it can, and doesn't throw for the rest.</summary>
public delegate Task TenantRejection(RejectedTenant tenant, CancellationToken cancellationToken);

/// <summary>A tenant's documents without an error.</summary>
/// <param name="Before">What was in force of it; null where nothing was, as at every start.</param>
public sealed record CompiledTenant(Id<Tenant> Tenant, CompiledGovernance Governance, CompiledGovernance? Before);

/// <summary>A tenant's documents with an error.</summary>
/// <param name="InForce">What stays so; null where nothing was.</param>
public sealed record RejectedTenant(
    Id<Tenant> Tenant,
    TenantDocuments Documents,
    CompiledGovernance? InForce,
    IReadOnlyList<GovernanceError> Errors
);

/// <summary>The governance that the process starts with.</summary>
/// <param name="Seen">All tenants' documents, as they were compiled.</param>
public sealed record FirstGovernance(
    IReadOnlyList<CompiledTenant> Tenants,
    IReadOnlyList<RejectedTenant> Refused,
    IReadOnlyList<GovernanceError> Unassigned,
    IReadOnlyList<TenantDocuments> Seen,
    FollowedGovernance Followed
)
{
    private const int MostSaid = 20;

    /// <summary>What an operator must know of a start that goes on without some of them: the first errors of each.</summary>
    public IEnumerable<string> Warnings => Refused.SelectMany(one => one.Errors.Take(MostSaid).Select(error => Said(one.Tenant, error)));

    /// <summary>What is wrong with the documents, whosever they are; empty for nothing.</summary>
    public IEnumerable<GovernanceError> Errors => Refused.SelectMany(one => one.Errors).Concat(Unassigned).Distinct();

    /// <summary>The same, with the tenant that is refused for it.</summary>
    public IEnumerable<string> Problems =>
        Refused
            .SelectMany(one => one.Errors.Select(error => Said(one.Tenant, error)))
            .Concat(Unassigned.Except(Refused.SelectMany(one => one.Errors)).Select(error => error.ToString()));

    private static string Said(Id<Tenant> tenant, GovernanceError error) => $"The tenant '{tenant}' is refused: {error}";

    /// <summary>Reads and compiles the folder as a start does.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static FirstGovernance Read(string path)
    {
        var followed = new FollowedGovernance(path);
        followed.Take(followed.Look(thorough: false)!);
        var first = Of(followed);
        return first.Tenants.Count > 0 || first.Errors.Any() ? first : first with { Unassigned = [NoTenant(path)] };
    }

    private static GovernanceError NoTenant(string path) =>
        new(new SourcePosition(path, 0, 0), "", "No document there is about a tenant.", "Add a Tenant document, or name another folder.");

    internal static FirstGovernance Of(FollowedGovernance followed)
    {
        var divided = followed.Divide(new Dictionary<Id<Tenant>, CompiledGovernance>());
        var (compiled, refused) = (new List<CompiledTenant>(), new List<RejectedTenant>());
        foreach (var documents in divided.Tenants)
        {
            var result = GovernanceCompiler.Compile(documents, before: null);
            if (result.Value is { } governance)
            {
                compiled.Add(new CompiledTenant(documents.Tenant, governance, null));
            }
            else
            {
                refused.Add(new RejectedTenant(documents.Tenant, documents, null, result.Errors));
            }
        }

        return new FirstGovernance(compiled, refused, divided.Unassigned, [.. divided.Tenants], followed);
    }
}
