using System.Text;
using System.Text.Json;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>The folder of the published cases, and its index.</summary>
internal sealed class Corpus
{
    private readonly string _folder;
    private readonly JsonDocument _index;

    /// <param name="path">The index, or the folder with its <c>index.json</c>; the files that it names are beside it.</param>
    public Corpus(string path)
    {
        var index = Directory.Exists(path) ? Path.Combine(path, "index.json") : path;
        _folder = Path.GetDirectoryName(Path.GetFullPath(index))!;
        _index = JsonDocument.Parse(File.ReadAllBytes(index));
    }

    public IEnumerable<JsonElement> Cases(string group) =>
        _index.RootElement.TryGetProperty(group, out var cases) && cases.ValueKind == JsonValueKind.Array ? cases.EnumerateArray() : [];

    public JsonElement Table(string group) => _index.RootElement.GetProperty(group);

    /// <summary>Whether the corpus has the file; a path may end in <c>#line</c>.</summary>
    public bool Has(string path) => File.Exists(Path.Combine(_folder, path.Split('#')[0]));

    /// <summary>A file, or one line of it.</summary>
    public byte[] Bytes(string path)
    {
        var parts = path.Split('#');
        var full = Path.Combine(_folder, parts[0]);
        return parts.Length == 1
            ? File.ReadAllBytes(full)
            : Encoding.UTF8.GetBytes(File.ReadLines(full).ElementAt(int.Parse(parts[1], null) - 1));
    }

    public Validated<RulePolicy> Policy(string path) => RulePolicyReader.Read(new SourceFile(path, Encoding.UTF8.GetString(Bytes(path))));

    public IntentResult Intent(string path) => IntentReader.Read(Bytes(path));
}
