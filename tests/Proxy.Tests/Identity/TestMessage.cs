using Gateway.Proxy.Identity.Signatures;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>A message made of plain values; each change gives another message.</summary>
internal sealed class TestMessage : SignatureMessage
{
    private readonly IReadOnlyList<(string Name, string Value)> _lines;

    public TestMessage(
        string method,
        string scheme,
        string authority,
        string target,
        IEnumerable<(string Name, string Value)> lines,
        int status = 0
    )
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        (Method, Scheme, Authority, Status) = (method, scheme, authority, status);
        (Path, Query) = query < 0 ? (target, "") : (target[..query], target[query..]);
        _lines = [.. lines];
    }

    public override string Method { get; }
    public override string Scheme { get; }
    public override string Authority { get; }
    public override string Path { get; }
    public override string Query { get; }
    public override int Status { get; }
    public IReadOnlyList<(string Name, string Value)> Lines => _lines;

    public override StringValues Field(string name) =>
        new([.. _lines.Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value)]);

    public TestMessage With(string? method = null, string? scheme = null, string? authority = null, string? target = null) =>
        new(method ?? Method, scheme ?? Scheme, authority ?? Authority, target ?? Path + Query, _lines, Status);

    public TestMessage With(IEnumerable<(string Name, string Value)> lines) => new(Method, Scheme, Authority, Path + Query, lines, Status);

    public TestMessage Adding(string name, string value) => With(_lines.Append((name, value)));

    public TestMessage Without(string name) => With(_lines.Where(line => !line.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    public TestMessage Replacing(string name, string value) => Without(name).Adding(name, value);

    /// <summary>As <see cref="HttpClient"/> sends it: several values of a header on one line.</summary>
    public static TestMessage From(HttpRequestMessage request)
    {
        var content = request.Content?.Headers.NonValidated.Select(h => (h.Key, h.Value.ToString())) ?? [];
        var headers = request.Headers.NonValidated.Select(h => (h.Key, h.Value.ToString()));
        var uri = request.RequestUri!;
        return new TestMessage(
            request.Method.Method,
            uri.Scheme,
            request.Headers.Host ?? uri.Authority,
            uri.PathAndQuery,
            headers.Concat(content)
        );
    }
}
