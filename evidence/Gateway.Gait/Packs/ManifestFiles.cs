using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>The list of files in a manifest, against the files that are there.</summary>
internal static class ManifestFiles
{
    /// <param name="listed">Objects with <c>path</c> and <c>sha256</c>.</param>
    /// <param name="manifest">The manifest's own name; it isn't in its list.</param>
    /// <param name="found">Counts those that are right.</param>
    /// <exception cref="ArtifactRefusedException">One is missing, differs, is listed twice, or isn't listed.</exception>
    public static void Check(IEnumerable<JsonObject> listed, IReadOnlyList<PackMember> members, string manifest, ref int found)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { manifest };
        foreach (var file in listed)
        {
            var path = file.Text("path");
            if (!names.Add(path))
            {
                throw new ArtifactRefusedException(ProblemCodes.Duplicate, manifest, $"It lists '{Shown(path)}' twice.");
            }

            var member =
                members.FirstOrDefault(m => m.Name == path)
                ?? throw new ArtifactRefusedException(
                    ProblemCodes.MissingMember,
                    Shown(path),
                    "It is listed in the manifest and missing from the pack."
                );
            var actual = Sha256Digest.Compute(member.Content.Span);
            if (!Sha256Digest.TryParse(file.Text("sha256"), out var expected) || expected != actual)
            {
                throw new ArtifactRefusedException(
                    ProblemCodes.HashMismatch,
                    path,
                    $"Its SHA-256 is {actual}, and the manifest says {expected}."
                );
            }

            found++;
        }

        if (members.FirstOrDefault(member => !names.Contains(member.Name)) is { } extra)
        {
            throw new ArtifactRefusedException(
                ProblemCodes.ExtraMember,
                extra.Name,
                "It is in the pack, and the manifest doesn't list it."
            );
        }
    }

    private static string Shown(string path) => PackLimits.IsName(path) ? path : "(a name that no file of a pack can have)";
}
