import java.net.InetSocketAddress;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Refuses calls from other machines, and calls without the token. Spark 3.5 listens on every interface and knows no
 * token (`spark.connect.grpc.binding.address` and `SPARK_CONNECT_AUTHENTICATE_TOKEN` came with 4.0).
 */
public final class LoopbackOnly implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String EXPECTED = "Bearer " + System.getenv("SPARK_CONNECT_AUTHENTICATE_TOKEN");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean isLocal =
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress from
            && from.getAddress().isLoopbackAddress();
    if (isLocal && EXPECTED.equals(headers.get(AUTHORIZATION))) return next.startCall(call, headers);
    call.close(Status.UNAUTHENTICATED.withDescription("this server is for its own machine's tests"), new Metadata());
    return new ServerCall.Listener<Q>() {};
  }
}
