#pragma warning disable CS0649 // The fields are there to be found, not to be used.
using System.Net.Sockets;

namespace Gateway.Proxy.Tests.Architecture.Violations.Pure;

// Each type reaches outside in one way. They are read as compiled code and never run.
internal sealed class ReadsAFile
{
    public static string Read() => File.ReadAllText("x");
}

internal sealed class OpensASocket
{
    public Socket? Socket;
}

internal sealed class AsksTheTime(TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();
}

internal sealed class AsksTheEnvironment
{
    public static string Name => Environment.MachineName;
}

internal sealed class StartsAThread
{
    public static void Start() => new Thread(static () => { }).Start();
}

internal sealed class StartsATask
{
    public static Task Start() => Task.Run(static () => { });
}

internal sealed class ThrowsDice
{
    public static byte[] Throw() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(1);
}

internal sealed class Innocent
{
    public static IEnumerable<int> Read()
    {
        using var text = new StringReader("1");
        yield return text.Read();
    }
}
