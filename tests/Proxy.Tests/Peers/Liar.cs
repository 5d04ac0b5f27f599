using System.Net;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Peers;

/// <summary>Answers every question with the same bytes.</summary>
internal sealed class Liar : IDisposable
{
    private readonly HttpListener _listener = new();

    public Liar()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Address { get; }

    public byte[] Answer { get; set; } = [];

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                call.Response.ContentLength64 = Answer.Length;
                try
                {
                    await call.Response.OutputStream.WriteAsync(Answer);
                    call.Response.Close();
                }
                catch (HttpListenerException)
                {
                    // Who asked has read enough.
                }
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
