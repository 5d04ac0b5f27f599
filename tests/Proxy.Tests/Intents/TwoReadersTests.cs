using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Http;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Tests.Intents;

/// <summary>
/// What passes is the same to a reader of another kind: one without regard to case, accents and compatibility forms, which takes the last
/// of several, divides at semicolons too, and cuts off what stands behind a name.
/// </summary>
public sealed class TwoReadersTests
{
    private const int Times = 3000;

    private static readonly string[] Words = ["export", "me", "audit-log", "v1"];

    private static readonly ReadNames Read = ReadNames.Of([(["text"], []), (["price_cents"], []), (["to", "name"], [])])!;

    [Fact]
    public void A_path_that_passes_leads_to_the_same_operation()
    {
        var segments = Gen.OneOf(Gen.Elements("{a}", "{b}"), Gen.Elements(Words), Gen.Elements("items"));
        var templates = Gen.ListOf(
            Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(segments, n)).Select(parts => "/" + string.Join('/', parts)),
            5
        );
        var cases =
            from list in templates
            from index in Gen.Choose(0, 4)
            from spelt in Gen.ArrayOf(Gen.Elements(Words).SelectMany(Spelt), 3)
            select (Templates: list.Distinct().ToArray(), Path: Filled(list.ElementAt(index), spelt));
        var passed = 0;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Times),
            Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    var connector = Connector(one.Templates);
                    if (connector is null || !CleanPath.TryClean(one.Path, out var path, out _))
                    {
                        return true;
                    }

                    if (OperationMatch.Find(connector, "GET", path) is not { } ours)
                    {
                        return true;
                    }

                    passed++;
                    return Others(connector, path) is not { } other || other == ours;
                }
            )
        );
        Assert.True(passed > Times / 20, $"Only {passed} passed at all.");
    }

    [Fact]
    public void A_body_that_passes_says_the_same()
    {
        var names = Gen.Elements("text", "price_cents", "to", "name", "other").SelectMany(SpeltName);
        var flat = Gen.ListOf(names.Zip(Gen.Choose(0, 9)), 3).Select(Object);
        var bodies = Gen.ListOf(names.Zip(Gen.OneOf(Gen.Choose(0, 9).Select(n => n.ToString(CultureInfo.InvariantCulture)), flat)), 3)
            .Select(members => "{" + string.Join(',', members.Select(m => $"{JsonSerializer.Serialize(m.Item1)}:{m.Item2}")) + "}");
        var passed = 0;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Times),
            Prop.ForAll(
                bodies.ToArbitrary(),
                body =>
                {
                    if (!new HttpBodyReader(Spelling.Loose, Read).TryRead(Encoding.UTF8.GetBytes(body), out _, out _))
                    {
                        return true;
                    }

                    passed++;
                    using var json = JsonDocument.Parse(body);
                    return AreRead(json.RootElement, "text")
                        && AreRead(json.RootElement, "price_cents")
                        && (!json.RootElement.TryGetProperty("to", out var to) || AreRead(to, "name"));
                }
            )
        );
        Assert.True(passed > Times / 20, $"Only {passed} passed at all.");
    }

    [Fact]
    public void A_query_or_form_that_passes_says_the_same()
    {
        var names = Gen.Elements("text", "price_cents", "other").SelectMany(SpeltParameter);
        var texts = Gen.ListOf(names.Zip(Gen.Choose(0, 9)), 2)
            .SelectMany(all =>
                Gen.Elements("&", "&", "&", ";").Select(between => string.Join(between, all.Select(p => $"{p.Item1}={p.Item2}")))
            );
        var check = new ParameterCheck(Spelling.Loose, [], Read, "POST");
        var passed = 0;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Times),
            Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    if (!new FormBodyReader(check).TryRead(Encoding.ASCII.GetBytes(text), out _, out _))
                    {
                        return true;
                    }

                    passed++;
                    return new[] { "text", "price_cents" }.All(name => Ours(text, name) == Others(text, name));
                }
            )
        );
        Assert.True(passed > Times / 20, $"Only {passed} passed at all.");
    }

    /// <summary>Spellings of a fixed segment, and ids that are none.</summary>
    private static Gen<string> Spelt(string word) =>
        from turned in Turned(word)
        from behind in Gen.Elements("", "", "", ".json", ".", "%20", "+", "%C2%A0", ",x=1", ":run", "()", "%CC%81", "-7", "s", "7")
        from before in Gen.Elements("", "", "", "%20", "c-")
        select before + turned + behind;

    private static Gen<string> Turned(string word) =>
        Gen.Choose(0, 20)
            .Select(kind =>
                kind switch
                {
                    0 => word.ToUpperInvariant(),
                    1 => char.ToUpperInvariant(word[0]) + word[1..],
                    2 => string.Concat(word.Select(c => Uri.EscapeDataString(((char)(c - '!' + '\uFF01')).ToString()))),
                    3 => $"%{(int)word[0]:X2}{word[1..]}",
                    4 => word.Replace('e', 'E'),
                    5 => Uri.EscapeDataString(word.Replace('e', '\u00E9')),
                    6 => Uri.EscapeDataString(word.Replace("s", "\u017F", StringComparison.Ordinal)),
                    _ => word,
                }
            );

    private static Gen<string> SpeltName(string word) =>
        Gen.Choose(0, 16)
            .Select(kind =>
                kind switch
                {
                    0 => word.ToUpperInvariant(),
                    1 => char.ToUpperInvariant(word[0]) + word[1..],
                    2 => word.Replace('s', '\u017F'),
                    3 => string.Concat(word.Select(c => (char)(c - '!' + '\uFF01'))),
                    4 => word + "\u200B",
                    _ => word,
                }
            );

    private static Gen<string> SpeltParameter(string word) =>
        from turned in Turned(word)
        from behind in Gen.Elements("", "", "", "", "", "", "", "[]", "%5B%5D", "[0]", "+", "%20")
        select turned + behind;

    private static string Filled(string template, string[] with)
    {
        var next = 0;
        return string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? with[next++] : part));
    }

    private static string Object(IEnumerable<(string, int)> members) =>
        "{" + string.Join(',', members.Select(m => $"{JsonSerializer.Serialize(m.Item1)}:{m.Item2}")) + "}";

    /// <summary>Null where two of the templates fit equally well.</summary>
    private static Connector? Connector(string[] templates)
    {
        var operations = templates.Select((path, i) => $$"""{name: o{{i}}, action: read, risk: low, methods: [GET], path: "{{path}}"}""");
        var yaml = $$"""
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: demo}
            spec: {}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: system}
            spec: {type: http, baseAddress: "https://system.example", operations: [{{string.Join(", ", operations)}}]}
            """;
        return SnapshotCompiler
            .Compile([new SourceFile("system.yaml", yaml)])
            .Value?.Find(Id<Tenant>.Parse("demo"))!
            .Connectors[Id<Connector>.Parse("system")];
    }

    /// <summary>The operation that the other reader takes a path for: fixed segments first, from the left.</summary>
    private static Operation? Others(Connector connector, string path)
    {
        var segments = path[1..].Split('/').Select(Loose).ToArray();
        return connector
            .Operations.Where(operation => Fits(operation.Path.Text[1..].Split('/'), segments))
            .OrderByDescending(operation =>
                string.Concat(operation.Path.Text[1..].Split('/').Select(part => part.StartsWith('{') ? '0' : '1'))
            )
            .FirstOrDefault();
    }

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length
        && template.Zip(segments).All(both => both.First.StartsWith('{') || Loose(both.First) == both.Second);

    /// <summary>As the other reader sees a text: decoded, folded, trimmed, and cut at the first mark.</summary>
    private static string Loose(string text)
    {
        var decoded = WebUtility.UrlDecode(text).Trim();
        var cut = decoded.IndexOfAny(['.', ',', ':', '(', ';']);
        return Folded(cut > 0 ? decoded[..cut] : decoded).Trim();
    }

    private static string Folded(string text) =>
        string.Concat(
                text.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            )
            .ToUpperInvariant();

    /// <summary>Nobody binds names without regard to accents.</summary>
    private static string FoldedName(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormKC).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format))
            .ToUpperInvariant();

    private static bool AreRead(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var ours = element.TryGetProperty(name, out var value) ? value.GetRawText() : null;
        return ours
            == element.EnumerateObject().LastOrDefault(member => FoldedName(member.Name) == FoldedName(name)).Value switch
            {
                { ValueKind: JsonValueKind.Undefined } => null,
                var last => last.GetRawText(),
            };
    }

    private static string? Ours(string text, string name) =>
        text.Split('&').Select(parameter => parameter.Split('=')).FirstOrDefault(both => WebUtility.UrlDecode(both[0]) == name)?[1];

    private static string? Others(string text, string name) =>
        text.Split('&', ';')
            .Select(parameter => parameter.Split('='))
            .LastOrDefault(both => FoldedName(WebUtility.UrlDecode(both[0]).Split('[')[0].Trim()) == FoldedName(name))
            ?[1];
}
