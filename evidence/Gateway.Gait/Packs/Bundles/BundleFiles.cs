using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>Whether the files of a bundle are those of its manifest, and the runs' packs among them whole.</summary>
internal static class BundleFiles
{
    /// <param name="files">Counts those that were found to be what the manifest says.</param>
    /// <exception cref="ArtifactRefusedException">One isn't.</exception>
    public static void Check(JsonObject manifest, IReadOnlyList<PackMember> members, ref int files)
    {
        ManifestFiles.Check(manifest.Objects("contents"), members, BundleManifest.Name, ref files);
        if (manifest.Text("pack_id") != BundleManifest.PackId(manifest.Text("run_id"), manifest["contents"]!))
        {
            throw new ArtifactRefusedException(
                ProblemCodes.ManifestDigest,
                BundleManifest.Name,
                "Its 'pack_id' isn't that of its contents."
            );
        }

        CheckRunpacks(members);
    }

    private static void CheckRunpacks(IReadOnlyList<PackMember> members)
    {
        foreach (var member in members.Where(member => member.Name.EndsWith(".zip", StringComparison.Ordinal)))
        {
            if (RunpackReader.Read(member.Content.Span).Problem is { } problem)
            {
                throw new ArtifactRefusedException(problem.Code, member.Name, $"The run's pack inside isn't whole: {problem}");
            }
        }
    }
}
