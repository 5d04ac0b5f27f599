using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.LoadTests.Reports;

/// <summary>Where a run was taken. A time without it says nothing.</summary>
/// <param name="LoadAverage">Over the minute before the report was made, the run's own load among it.</param>
public sealed record Machine(string Processor, int Cores, string System, string Runtime, double LoadAverage)
{
    public static Machine Here() =>
        new(ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Load());

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        var line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static double Load()
    {
        const string Average = "/proc/loadavg";
        return File.Exists(Average) ? double.Parse(File.ReadAllText(Average).Split(' ')[0], CultureInfo.InvariantCulture) : 0;
    }
}
