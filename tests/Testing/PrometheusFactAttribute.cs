using Xunit;

namespace Gateway.Testing;

/// <summary>A fact that needs Debian's Prometheus with its promtool; skipped, and it says so, where there is none.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (Find("prometheus") is null || Find("promtool") is null)
        {
            Skip = "needs Prometheus: run scripts/install_prometheus.sh, as scripts/test.sh does";
        }
    }

    /// <summary>Where the program is: unpacked into the checkout, or installed. Null for nowhere.</summary>
    public static string? Find(string program) =>
        new[] { Path.Combine(Repository.Root, "artifacts", "prometheus", "usr", "bin"), "/usr/bin" }
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
