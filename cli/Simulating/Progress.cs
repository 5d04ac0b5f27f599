using System.Globalization;

namespace Gateway.Cli.Simulating;

/// <summary>Says how far long work has come, on a terminal only.</summary>
internal sealed class Progress(TextWriter writer, bool redirected)
{
    private const int Every = 20_000;
    private long _count;

    public void Step()
    {
        if (++_count % Every == 0 && !redirected)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_count} decisions"));
        }
    }

    public void End()
    {
        if (_count >= Every && !redirected)
        {
            writer.Write("\r\u001b[K");
        }
    }
}
