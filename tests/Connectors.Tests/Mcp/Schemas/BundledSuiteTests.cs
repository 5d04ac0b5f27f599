using System.Text.Json.Nodes;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>
/// The suite's schemas that refer to other documents, with those documents put inside as resources of their own (core, section 9.3): what
/// leads to them then leads inside, dynamic references across resources too.
/// </summary>
public sealed class BundledSuiteTests(ITestOutputHelper output)
{
    private const string Suite = "vectors/json-schema";
    private const string Base = "http://localhost:1234/draft2020-12/";

    /// <summary>Not to be bundled: a document whose own address isn't the one it is fetched from, or that is a dialect.</summary>
    private static readonly string[] Others =
    [
        "refRemote.json: remote HTTP ref with different $id",
        "refRemote.json: remote HTTP ref with different URN $id",
        "defs.json: validate definition against metaschema",
        "ref.json: remote ref, containing refs itself",
        "vocabulary.json: schema that uses custom metaschema with with no validation vocabulary",
        "vocabulary.json: ignore unrecognized optional vocabulary",
    ];

    [SharedDataFact(Suite)]
    public void References_to_other_documents_lead_to_them_where_they_are_inside()
    {
        var remotes = Remotes();
        var (run, others) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Repository.Shared(Suite + "/tests/draft2020-12"), "*.json"))
        {
            foreach (var group in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            {
                if (Schema.Compile(group!["schema"]!.ToJsonString()).TryGet(out _))
                {
                    continue; // Whole by itself: OfficialSuiteTests has it.
                }

                var name = $"{Path.GetFileName(file)}: {group["description"]}";
                if (!Schema.Compile(Bundle(group["schema"]!.AsObject(), remotes)).TryGet(out var schema))
                {
                    others.Add(name);
                    continue;
                }

                foreach (var test in group["tests"]!.AsArray())
                {
                    var fit = schema.Check(test!["data"]!.ToJsonString());
                    Assert.True(fit.IsValid == (bool)test["valid"]!, $"{name}: {test["description"]}: {string.Join("; ", fit.Failures)}");
                    run++;
                }
            }
        }

        output.WriteLine($"{run} tests");
        Assert.Equal(Others.Order(StringComparer.Ordinal), others.Order(StringComparer.Ordinal));
        Assert.Equal(40, run);
    }

    private static List<JsonObject> Remotes()
    {
        var folder = Repository.Shared(Suite + "/remotes/draft2020-12");
        var remotes = new List<JsonObject>();
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var document = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            var address = Base + Path.GetRelativePath(folder, file).Replace('\\', '/');
            var isDialect =
                document.ContainsKey("$vocabulary")
                || (string?)document["$schema"] is { } named && named.StartsWith(Base, StringComparison.Ordinal);
            if (!isDialect && ((string?)document["$id"] ?? address) == address)
            {
                document["$id"] = address;
                remotes.Add(document);
            }
        }

        return remotes;
    }

    private static string Bundle(JsonObject schema, List<JsonObject> remotes)
    {
        var bundle = schema.DeepClone().AsObject();
        bundle["$defs"] ??= new JsonObject();
        foreach (var (index, remote) in remotes.Index())
        {
            bundle["$defs"]!["bundled" + index] = remote.DeepClone();
        }

        return bundle.ToJsonString();
    }
}
