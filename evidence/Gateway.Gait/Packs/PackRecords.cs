using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Packs;

/// <summary>Reads the records of a pack's files.</summary>
internal static class PackRecords
{
    /// <summary>A file that is one record.</summary>
    /// <param name="runId">The run that it must belong to; null for the manifest, which says it.</param>
    /// <exception cref="ArtifactRefusedException">It isn't one canonical object of that shape and run.</exception>
    public static JsonObject One(PackMember member, ArtifactShape shape, string? runId) =>
        PackRecord.Read(member.Content.Span, member.Name, null, shape, runId);

    /// <summary>A file with one record a line, each line ended by a line feed.</summary>
    /// <exception cref="ArtifactRefusedException">A line isn't one canonical object of that shape and run.</exception>
    public static IReadOnlyList<JsonObject> Lines(PackMember member, ArtifactShape shape, string runId)
    {
        var records = new List<JsonObject>();
        for (var rest = member.Content.Span; rest.Length > 0; )
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw new ArtifactRefusedException(
                    new ArtifactProblem(ProblemCodes.NotCanonical, member.Name, "The line isn't ended.") { Record = records.Count + 1 }
                );
            }

            records.Add(PackRecord.Read(rest[..end], member.Name, records.Count + 1, shape, runId));
            rest = rest[(end + 1)..];
        }

        return records;
    }

    /// <exception cref="ArtifactRefusedException">An intent's id is there twice: it couldn't be told which one happened.</exception>
    public static void DemandDistinct(IReadOnlyList<JsonObject> records, string member)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < records.Count; i++)
        {
            if (!ids.Add(records[i].Text("intent_id")))
            {
                throw new ArtifactRefusedException(
                    new ArtifactProblem(ProblemCodes.Schema, member, "Its 'intent_id' was there before.") { Record = i + 1 }
                );
            }
        }
    }
}
