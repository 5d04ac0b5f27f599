using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Samples.Provider.Answering;

/// <summary>
/// What a request asks the stand-in to do wrong or otherwise: <c>!name</c> or <c>!name 7</c> (also <c>!name-7</c>, <c>!name=7</c>), in the
/// last user message, behind the model's name, in the <c>x-standin</c> header or the <c>standin</c> query parameter. Unknown names are
/// ignored.
/// </summary>
internal sealed partial class Directives
{
    private static readonly Directives None = new([]);

    private readonly Dictionary<string, int> _numbers;

    private Directives(Dictionary<string, int> numbers) => _numbers = numbers;

    /// <value>Answer with this status and the dialect's error; 0 for none.</value>
    public int Error => Number("error", 0);

    /// <value>Milliseconds before the answer's head.</value>
    public int Slow => Number("slow", 0);

    /// <value>Milliseconds between writes. Default 0; 10 for an endless answer, which would otherwise eat the machine.</value>
    public int Pace => Number("pace", Endless ? 10 : 0);

    /// <value>Bytes a write; 0 for a write an event.</value>
    public int Chunk => Number("chunk", 0);

    /// <value>Words in the answer; 0 for the usual text.</value>
    public int Words => Number("words", 0);

    /// <value>Bytes of text in the answer, at most 64 MiB; 0 for the usual text.</value>
    public int Big => Math.Min(Number("big", 0), 64 * 1024 * 1024);

    /// <summary>Reset the connection before the answer.</summary>
    public bool Reset => Has("reset");

    /// <summary>Close the connection in the middle of the answer; what was sent arrives.</summary>
    public bool Half => Has("half");

    /// <summary>Go silent in the middle of the answer, with the connection open.</summary>
    public bool Stall => Has("stall");

    /// <summary>An error event in the middle of the stream.</summary>
    public bool Fail => Has("fail");

    public bool Endless => Has("endless");

    /// <summary>The right type, but a body that is none.</summary>
    public bool Garbage => Has("garbage");

    /// <summary>A page instead of JSON.</summary>
    public bool Html => Has("html");

    public bool Gzip => Has("gzip");

    /// <summary>Say the received credential in the answer.</summary>
    public bool Leak => Has("leak");

    public static Directives From(HttpRequest request, Prompt prompt)
    {
        var numbers = Collect(null, request.Headers["x-standin"]);
        numbers = request.QueryString.HasValue ? Collect(numbers, request.Query["standin"]) : numbers;
        return Made(Collect(Collect(numbers, prompt.Model), prompt.Last));
    }

    public static Directives Parse(string text) => Made(Collect(null, text));

    private static Directives Made(Dictionary<string, int>? numbers) => numbers is null ? None : new Directives(numbers);

    private static Dictionary<string, int>? Collect(Dictionary<string, int>? numbers, string? text)
    {
        if (text is null || !text.Contains('!', StringComparison.Ordinal))
        {
            return numbers;
        }

        foreach (Match match in Pattern().Matches(text))
        {
            numbers ??= [];
            numbers[match.Groups[1].Value] = int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
        }

        return numbers;
    }

    private int Number(string name, int otherwise) => _numbers.GetValueOrDefault(name, otherwise);

    private bool Has(string name) => _numbers.ContainsKey(name);

    [GeneratedRegex("!([a-z]+)(?:[ =-]([0-9]{1,9}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
