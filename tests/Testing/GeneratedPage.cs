using Xunit;

namespace Gateway.Testing;

/// <summary>
/// A page of the documentation with parts that come from the code, between <c>&lt;!-- name: generated --&gt;</c> and <c>&lt;!-- name: end
/// --&gt;</c>. With
/// GATEWAY_WRITE_DOCS=1 a part that differs is written anew instead of failing.
/// </summary>
/// <param name="name">Of the file in <c>docs</c>.</param>
public sealed class GeneratedPage(string name)
{
    private readonly string _path = Path.Combine(Repository.Root, "docs", name);

    public string Text => File.ReadAllText(_path);

    /// <param name="content">As it should stand there, ended by a line feed.</param>
    public void AssertShows(string part, string content)
    {
        var (begin, end) = ($"<!-- {part}: generated -->\n", $"<!-- {part}: end -->");
        var text = Text;
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"docs/{name} lacks the markers of '{part}'.");
        if (text[from..to] == content)
        {
            return;
        }

#pragma warning disable RS0030 // Whoever changes the code says here that the page is to follow; no other setting can reach a test.
        var write = Environment.GetEnvironmentVariable("GATEWAY_WRITE_DOCS") == "1";
#pragma warning restore RS0030
        var filter = Path.GetFileNameWithoutExtension(name).Replace("-", "", StringComparison.Ordinal) + "Page";
        var (there, wanted) = (text[from..to].Split('\n'), content.Split('\n'));
        var changes = string.Join(
            '\n',
            [.. there.Except(wanted).Select(line => "- " + line), .. wanted.Except(there).Select(line => "+ " + line)]
        );
        Assert.True(
            write,
            $"docs/{name} differs from the code in '{part}'. Write it anew: GATEWAY_WRITE_DOCS=1 dotnet test -c Release --filter "
                + $"{filter}\n{changes}"
        );
        File.WriteAllText(_path, text[..from] + content + text[to..]);
    }
}
