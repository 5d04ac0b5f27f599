using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// What was last signed of each log under a root, without reading its records. <see cref="JournalVerifier"/> reads all of it.
/// </summary>
public static class JournalHeads
{
    /// <summary>One head for each log, in the order of tenants and logs. Never throws on any content.</summary>
    /// <param name="root">The journal's root.</param>
    /// <param name="keys">Public keys of the instances that signed.</param>
    /// <exception cref="IOException">A file or folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IReadOnlyList<JournalHead> Read(string root, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var heads = new List<JournalHead>();
        foreach (var (folder, tenant) in JournalLogs.Find(Path.GetFullPath(root)))
        {
            var file = Path.Combine(folder, LogDescription.FileName);
            var description = LogDescription.Find(folder);
            heads.Add(
                description is null
                    ? new JournalHead(
                        tenant ?? "",
                        folder,
                        0,
                        new LogProblem(LogProblemKind.Description, file, 0, null, "The log's description is missing or changed.")
                    )
                    : Of(description, folder, keys)
            );
        }

        return heads;
    }

    private static JournalHead Of(LogDescription description, string folder, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var problem = LogHead.Read(folder, description.Log, keys, out var head);
        return new JournalHead(description.Tenant, folder, problem is null ? head.Checkpoint?.Size ?? 0 : 0, problem);
    }
}

/// <summary>What was last signed of a log.</summary>
/// <param name="Size">Records under the signed head; 0 where there is none yet.</param>
/// <param name="Problem">What is wrong with the head; null for nothing.</param>
public sealed record JournalHead(string Tenant, string Folder, long Size, LogProblem? Problem);
