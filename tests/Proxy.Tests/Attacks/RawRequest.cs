using System.Text;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// A request as it goes on the wire, so that what no well-behaved client sends can be written down. Mutable until it is sent.
/// </summary>
internal sealed class RawRequest(string method, string target)
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public string Method { get; set; } = method;

    public string Target { get; set; } = target;

    /// <summary>Whole lines, without their ends; <c>Host</c> first.</summary>
    public List<string> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>With a bearer key, and a length where there is a body.</summary>
    public static RawRequest WithKey(AttackedGateway attacked, string key, string method, string target, string? json = null)
    {
        var request = new RawRequest(method, target);
        request.Headers.AddRange([$"Host: {attacked.Authority}", $"Authorization: Bearer {key}"]);
        if (json is not null)
        {
            request.Body = Encoding.UTF8.GetBytes(json);
            request.Headers.AddRange(["Content-Type: application/json", $"Content-Length: {request.Body.Length}"]);
        }

        return request;
    }

    /// <summary>Signed by an honest client; whatever is changed afterwards is the attack.</summary>
    public static async Task<RawRequest> SignedAsync(
        string authority,
        RequestSigner signer,
        string method,
        string target,
        string? json = null,
        SigningOptions? options = null,
        params string[] headers
    )
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://{authority}{target}", AsWritten))
        {
            Content = json is null
                ? null
                : new StringContent(json, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            message.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        await signer.SignAsync(message, options ?? new SigningOptions(), CancellationToken.None);
        var request = new RawRequest(method, target) { Body = Encoding.UTF8.GetBytes(json ?? "") };
        request.Headers.Add($"Host: {authority}");
        request.Headers.AddRange(message.Headers.NonValidated.Select(h => $"{h.Key}: {h.Value}"));
        if (json is not null)
        {
            request.Headers.AddRange(["Content-Type: application/json", $"Content-Length: {request.Body.Length}"]);
        }

        return request;
    }

    /// <summary>Replaces the line of a header.</summary>
    public RawRequest Set(string name, string value)
    {
        Headers.RemoveAll(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        Headers.Add($"{name}: {value}");
        return this;
    }

    /// <summary>Adds a line, whatever is there already.</summary>
    public RawRequest And(string line)
    {
        Headers.Add(line);
        return this;
    }

    public string Value(string name) =>
        Headers.First(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    public byte[] ToBytes() =>
        [.. Encoding.Latin1.GetBytes($"{Method} {Target} HTTP/1.1\r\n{string.Concat(Headers.Select(h => h + "\r\n"))}\r\n"), .. Body];
}
