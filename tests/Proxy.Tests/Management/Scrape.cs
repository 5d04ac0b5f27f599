using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.Faults;

namespace Gateway.Proxy.Tests.Management;

/// <summary>What a management address says to Prometheus, read anew at each question.</summary>
internal sealed partial class Scrape(Uri management) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = management };

    /// <summary>The value of the one series of a name with these labels; null where there is none.</summary>
    /// <param name="labels">Such as <c>gateway_part="journal"</c>; others may stand beside them.</param>
    public async Task<double?> ValueAsync(string name, params string[] labels)
    {
        var found = (await SeriesAsync(name)).Where(one => labels.All(label => one.Labels.Contains(label, StringComparison.Ordinal)));
        return found.Select(one => (double?)one.Value).SingleOrDefault();
    }

    public async Task<IReadOnlyList<(string Labels, double Value)>> SeriesAsync(string name)
    {
        var text = await _client.GetStringAsync("/metrics").WaitAsync(Waiting.Deadline);
        return
        [
            .. text.Split('\n')
                .Select(line => Line().Match(line))
                .Where(line => line.Success && line.Groups[1].Value == name)
                .Select(line => (line.Groups[2].Value, double.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Waits until the series has such a value: what is collected may be a moment old.</summary>
    public Task UntilAsync(Func<double, bool> isSo, string name, params string[] labels) =>
        Waiting.ForAsync($"{name} {string.Join(' ', labels)}", async () => await ValueAsync(name, labels) is { } value && isSo(value));

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(@"^([a-z_0-9]+)(\{.*\})? (\S+)( \d+)?$")]
    private static partial Regex Line();
}
