using Gateway.Cli.Results;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Settings;

/// <summary>The governance documents on disk, compiled.</summary>
internal static class Governance
{
    /// <exception cref="InvalidInputException">The folder can't be read, holds no documents, or they have errors: all of them are
    /// said.</exception>
    public static Snapshot Compile(string folder) => Compile(folder, out _);

    /// <param name="files">How many files were read.</param>
    /// <exception cref="InvalidInputException">The folder can't be read, holds no documents, or they have errors: all of them are
    /// said.</exception>
    public static Snapshot Compile(string folder, out int files)
    {
        var sources = Read(folder);
        files = sources.Count;
        if (files == 0)
        {
            throw new InvalidInputException($"There are no documents in '{folder}'.", "Name the folder that holds the *.yaml files.");
        }

        var result = SnapshotCompiler.Compile(sources);
        return result.Value ?? throw new InvalidInputException([.. result.Errors.Select(CommandError.From)]);
    }

    /// <exception cref="InvalidInputException">There is no such agent, with the nearest thing that there is.</exception>
    public static AgentDossier Demand(Snapshot snapshot, Id<Tenant> tenant, Id<Agent> agent)
    {
        if (snapshot.Find(tenant) is not { } found)
        {
            throw new InvalidInputException(
                $"The governance documents have no tenant '{tenant}'.",
                $"They have: {string.Join(", ", snapshot.Tenants)}."
            );
        }

        return found.Agents.TryGetValue(agent, out var dossier)
            ? dossier
            : throw new InvalidInputException(
                $"The governance documents have no agent '{agent}' in tenant '{tenant}'.",
                $"They have: {Names(found.Agents.Keys)}. Describe the agent there first."
            );
    }

    private static string Names(IEnumerable<Id<Agent>> agents) =>
        string.Join(", ", agents.Select(id => id.ToString()).Order(StringComparer.Ordinal));

    private static IReadOnlyList<Policy.Documents.SourceFile> Read(string folder)
    {
        try
        {
            return GovernanceFiles.Read(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException(
                $"The governance folder '{folder}' can't be read: {e.Message}",
                "Name it by Gateway:Governance:Path, or let this process read it."
            );
        }
    }
}
