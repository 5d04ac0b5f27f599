using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>Makes bundles of evidence. The same evidence and key give the same bytes.</summary>
public static class BundleWriter
{
    /// <param name="key">Null leaves the bundle unsigned.</param>
    /// <exception cref="ArgumentException">It would be too large.</exception>
    public static (string PackId, byte[] Bytes) Write(BundleSubject subject, Ed25519PrivateKey? key, string producerVersion)
    {
        var files = BundleContents.Build(subject);
        files.Add(BundleContents.Json("evidence_pointers.json", "report", Pointers(files)));
        files.Add(
            BundleContents.Json(
                "control_index.json",
                "report",
                new JsonObject { ["controls"] = ControlTemplates.Index(subject.Template, files.Select(file => file.Name)) }
            )
        );
        var manifest = NewBundleManifest.Build(subject, files, producerVersion);
        if (key is not null)
        {
            manifest["signatures"] = new JsonArray(ArtifactSignature.Sign(BundleManifest.Signed(manifest), key));
        }

        var members = files
            .Select(file => new PackMember(file.Name, file.Content))
            .Append(new PackMember(BundleManifest.Name, ArtifactJson.Canonical(manifest)));
        return (manifest.Text("pack_id"), ArchiveWriter.Write(members));
    }

    private static JsonObject Pointers(List<BundleFile> files) =>
        new()
        {
            ["evidence_pointers"] = new JsonArray([
                .. files
                    .OrderBy(file => file.Name, StringComparer.Ordinal)
                    .Select(
                        (file, i) =>
                            new JsonObject
                            {
                                ["pointer_id"] = "ev_" + (i + 1).ToString("D3", CultureInfo.InvariantCulture),
                                ["path"] = file.Name,
                                ["type"] = file.Type,
                                ["sha256"] = Sha256Digest.Compute(file.Content.Span).ToString(),
                            }
                    ),
            ]),
        };
}
