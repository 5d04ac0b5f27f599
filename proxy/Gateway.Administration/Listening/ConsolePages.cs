namespace Gateway.Administration.Listening;

/// <summary>
/// The pages for people: files without power of their own, which do nothing that the API doesn't do. One page answers for every approval;
/// it reads the id from its address.
/// </summary>
internal sealed class ConsolePages
{
    private const string Root = "/console/";

    private static readonly Dictionary<string, (string File, string Type)> Files = new(StringComparer.Ordinal)
    {
        ["approvals"] = ("approvals.html", "text/html; charset=utf-8"),
        ["setup"] = ("approvals.html", "text/html; charset=utf-8"),
        ["approvals.js"] = ("approvals.js", "text/javascript; charset=utf-8"),
        ["approval.js"] = ("approval.js", "text/javascript; charset=utf-8"),
        ["api.js"] = ("api.js", "text/javascript; charset=utf-8"),
        ["view.js"] = ("view.js", "text/javascript; charset=utf-8"),
        ["console.css"] = ("console.css", "text/css; charset=utf-8"),
    };

    private readonly Dictionary<string, byte[]> _contents = Files
        .Values.Select(one => one.File)
        .Distinct()
        .ToDictionary(file => file, Read);

    /// <returns>False where it isn't a page's path.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(http.Request.Method) || !path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var name = path[Root.Length..];
        name = name.StartsWith("approvals/", StringComparison.Ordinal) ? "approvals" : name;
        if (!Files.TryGetValue(name, out var file))
        {
            return false;
        }

        http.Response.ContentType = file.Type;
        await http.Response.Body.WriteAsync(_contents[file.File], http.RequestAborted);
        return true;
    }

    private static byte[] Read(string file)
    {
        using var stream =
            typeof(ConsolePages).Assembly.GetManifestResourceStream($"console/{file}")
            ?? throw new InvalidOperationException($"The program was built without '{file}'.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
