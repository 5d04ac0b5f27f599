using System.Text.Json;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>Reads an answer's server-sent events one by one, as a client that shows each at once does.</summary>
internal sealed class ReadEvents(HttpResponseMessage response) : IDisposable
{
    private StreamReader? _reader;

    /// <summary>The next event's <c>data</c>; null at the end of the answer.</summary>
    /// <exception cref="IOException">The answer was cut.</exception>
    public async Task<string?> NextAsync()
    {
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await _reader.ReadLineAsync().WaitAsync(OpenDoors.Patience) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                return line[5..].TrimStart();
            }
        }

        return null;
    }

    /// <summary>All that are left; where the answer is cut, all before.</summary>
    public async Task<(List<string> Data, bool Cut)> RestAsync()
    {
        var all = new List<string>();
        try
        {
            while (await NextAsync() is { } data)
            {
                all.Add(data);
            }
        }
        catch (IOException)
        {
            return (all, true);
        }

        return (all, false);
    }

    public static async Task<List<string>> AllAsync(HttpResponseMessage response)
    {
        using var events = new ReadEvents(response);
        var (data, cut) = await events.RestAsync();
        Assert.False(cut, "The answer was cut.");
        return data;
    }

    /// <summary>The text that chat chunks carry, put together.</summary>
    public static string TextOf(IEnumerable<string> data) =>
        string.Concat(
            data.Where(d => d != "[DONE]")
                .Select(d => JsonDocument.Parse(d).RootElement.GetProperty("choices"))
                .Where(c => c.GetArrayLength() > 0)
                .Select(c => c[0].GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")
        );

    public void Dispose() => _reader?.Dispose();
}
