using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Tests.Compilation;

/// <summary>A folder of governance documents while people edit it: a list of documents for each file. Immutable.</summary>
internal sealed record EditedFolder(IReadOnlyList<IReadOnlyList<string>> Files)
{
    private const int Agents = 4;
    private const int Connectors = 2;

    private static readonly string[] Broken =
    [
        "nonsense: [",
        "\"text",
        "%TAG ! x",
        "...\n%YAML 9.9",
        "a: &x 1",
        "a: 1\na: 2",
        "[]",
        "",
        "# nothing",
        "a: b\rc: d",
        "text: |\n  ---\n   x\n",
        "...",
    ];

    /// <summary>One that compiles.</summary>
    public static EditedFolder Start { get; } =
        new([
            [Tenant("gamut"), Workspace("development"), .. Enumerable.Range(0, Connectors).Select(i => Connector(i, 2))],
            [.. Enumerable.Range(0, Agents).SelectMany(i => new[] { Agent(i, "active", ""), Permission(i, 0, "\"*\"", "") })],
            [Rules("true"), Gate("c0"), Finding(1, "low"), Flow(2)],
        ]);

    public IReadOnlyList<SourceFile> Sources =>
        [.. Files.Select((file, i) => new SourceFile($"{(char)('a' + i)}.yaml", string.Join("\n---\n", file)))];

    /// <summary>Adds, changes, takes out or moves a document, or adds lines above it.</summary>
    public static Gen<Func<EditedFolder, EditedFolder>> Edit() =>
        from file in Gen.Choose(0, 2)
        from to in Gen.Choose(0, 2)
        from at in Gen.Choose(0, 9)
        from document in Document()
        from kind in Gen.Choose(0, 7)
        select new Func<EditedFolder, EditedFolder>(folder =>
            kind switch
            {
                0 => folder.With(file, list => list.Insert(at % (list.Count + 1), document)),
                1 or 2 or 3 => folder.With(file, list => Replace(list, at, _ => document)),
                4 => folder.With(file, list => Remove(list, at)),
                5 => folder.With(file, list => Replace(list, at, text => "\n# more\n" + text)),
                6 => folder.With(file, list => Replace(list, at, text => text.Replace("\n", "\r\n", StringComparison.Ordinal))),
                _ => folder.Move(file, to, at),
            }
        );

    private EditedFolder Move(int from, int to, int at)
    {
        if (Files[from].Count == 0)
        {
            return this;
        }

        var document = Files[from][at % Files[from].Count];
        return With(from, list => Remove(list, at)).With(to, list => list.Insert(at % (list.Count + 1), document));
    }

    private EditedFolder With(int file, Action<List<string>> edit)
    {
        List<string> list = [.. Files[file]];
        edit(list);
        return new EditedFolder([.. Files.Select((old, i) => i == file ? list : old)]);
    }

    private static void Remove(List<string> list, int at)
    {
        if (list.Count > 0)
        {
            list.RemoveAt(at % list.Count);
        }
    }

    private static void Replace(List<string> list, int at, Func<string, string> edit)
    {
        if (list.Count > 0)
        {
            list[at % list.Count] = edit(list[at % list.Count]);
        }
    }

    private static Gen<string> Document() =>
        Gen.Frequency(
            (1, Gen.Elements(Broken)),
            (1, Gen.Elements("gamut", "atf-strict", "nowhere").Select(Tenant)),
            (1, Gen.Elements("development", "test", "tset").Select(Workspace)),
            (
                4,
                from i in Index(Agents)
                from status in Gen.Elements("active", "suspended")
                from more in Extra()
                select Agent(i, status, more)
            ),
            (2, from i in Index(Connectors) from operations in Gen.Choose(1, 2) select Connector(i, operations)),
            (
                5,
                from i in Index(Agents)
                from c in Gen.Choose(0, Connectors)
                from operations in Gen.Elements("\"*\"", "[o0]", "[o1]", "[o0, o1]", "[o9]")
                from more in Extra()
                select Permission(i, c, operations, more)
            ),
            (2, Index(Agents).Select(Flow)),
            (2, from i in Index(Agents) from tier in Gen.Elements("low", "critical") select Finding(i, tier)),
            (2, Gen.Elements("true", "intent.query == ''", "nothing.there").Select(Rules)),
            (1, Gen.Elements("c0", "c1", "c9").Select(Gate))
        );

    /// <summary>One more than there are: what it names is missing.</summary>
    private static Gen<int> Index(int count) => Gen.Choose(0, count);

    private static Gen<string> Extra() =>
        Gen.Frequency(
            (6, Gen.Constant("")),
            (2, Gen.Constant(", shadow: true")),
            (1, Gen.Constant(", labels: {a: b}")),
            (1, Gen.Constant(", typo: 1"))
        );

    private static string Of(string kind, string metadata, string spec) =>
        $"apiVersion: gateway/v1\nkind: {kind}\nmetadata: {{{metadata}}}\nspec: {spec}";

    private static string Tenant(string profile) => Of("Tenant", "name: demo", $"{{profile: {profile}, entitlements: [wide_egress]}}");

    private static string Workspace(string environment) => Of("Workspace", "tenant: demo, name: main", $"{{environment: {environment}}}");

    private static string Agent(int i, string status, string more) =>
        Of(
            "Agent",
            $"tenant: demo, name: a{i}{more}",
            $"\n  workspace: main\n  owners: {{human: Ada, security: Ben}}\n  status: {status}\n  level: L3\n  risk: low\n  purpose: x"
        );

    /// <summary>The first is an HTTP system, the others MCP servers, whose built-in operations a permission grants unsaid.</summary>
    private static string Connector(int i, int operations) =>
        Of(
            "Connector",
            $"tenant: demo, name: c{i}",
            $"\n  type: {(i == 0 ? "http" : "mcp")}\n  baseAddress: https://c{i}.example\n  scope: internal\n  environment: development\n"
                + "  operations:"
                + string.Concat(
                    Enumerable
                        .Range(0, operations)
                        .Select(o =>
                            $"\n    - {{name: o{o}, action: read, risk: low, "
                            + (i == 0 ? $"methods: [POST], path: /o{o}}}" : $"tool: t{o}}}")
                        )
                )
        );

    private static string Permission(int agent, int connector, string operations, string more) =>
        Of(
            "ToolPermission",
            $"tenant: demo, name: p{agent}-{connector}{more}",
            $"{{agent: a{agent}, connector: c{connector}, operations: {operations}, auditLogging: true}}"
        );

    private static string Flow(int agent) =>
        Of("DataFlow", $"tenant: demo, name: f{agent}", $"{{agent: a{agent}, connector: c0, dataClasses: [customer]}}");

    private static string Finding(int agent, string tier) =>
        Of("Finding", $"tenant: demo, name: n{agent}", $"{{agent: a{agent}, tier: {tier}, open: true}}");

    private static string Rules(string condition) =>
        Of(
            "Policy",
            "tenant: demo, name: rules",
            $"\n  rules:\n    - {{name: r, effect: block, match: {{tool_names: [c1/o1]}}, when: \"{condition}\"}}"
        );

    private static string Gate(string connector) =>
        Of(
            "ApprovalGate",
            "tenant: demo, name: gate",
            $"{{active: true, connectors: [{connector}], operations: [o1], approverGroups: [ops]}}"
        );
}
