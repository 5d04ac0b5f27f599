using System.Net;
using System.Net.Sockets;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Spreads requests over replicas as a load balancer does: in turn, over those whose <c>/readyz</c> says so. A request whose connection was
/// refused was sent to nobody, and goes to the next one.
/// </summary>
internal sealed class LoadBalancer : HttpMessageHandler
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly Way[] _ways;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _looking;
    private int _turn;
    private int _passedOn;

    public LoadBalancer(params GatewayProcess[] replicas)
    {
        _ways = [.. replicas.Select(replica => new Way(replica))];
        _looking = Task.WhenAll(_ways.Select(way => Task.Run(() => LookAsync(way))));
    }

    /// <summary>Requests that one replica's port refused and that went to another.</summary>
    public int PassedOn => _passedOn;

    public bool Uses(GatewayProcess replica) => _ways.Single(way => way.Replica == replica).Ready;

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _looking;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var turn = Interlocked.Increment(ref _turn);
        var last = new HttpRequestException("no replica is ready");
        for (var i = 0; i < _ways.Length; i++)
        {
            var way = _ways[(int)((uint)(turn + i) % _ways.Length)];
            if (!way.Ready)
            {
                continue;
            }

            try
            {
                return await way.Client.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                Interlocked.Increment(ref _passedOn);
                last = e;
            }
        }

        throw last;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.ForEach(_ways, way => way.Client.Dispose());
            _end.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task LookAsync(Way way)
    {
        while (!_end.IsCancellationRequested)
        {
            way.Ready = await way.Replica.StatusAsync("/readyz") == 200;
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>Connections to one replica, whatever authority a request names.</summary>
    private sealed class Way(GatewayProcess replica)
    {
        private volatile bool _ready;

        public GatewayProcess Replica { get; } = replica;

        public HttpMessageInvoker Client { get; } =
            new(
                new SocketsHttpHandler
                {
                    UseProxy = false,
                    UseCookies = false,
                    ConnectCallback = async (_, cancellationToken) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                        await socket.ConnectAsync(IPAddress.Loopback, replica.Address.Port, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                }
            );

        public bool Ready
        {
            get => _ready;
            set => _ready = value;
        }
    }
}
