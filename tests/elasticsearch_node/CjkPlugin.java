package delta;

import java.nio.file.Path;
import java.util.*;
import java.util.function.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.*;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.*;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.lucene.analysis.miscellaneous.DisableGraphAttribute;
import org.elasticsearch.node.*;
import org.elasticsearch.plugins.*;
import org.elasticsearch.rest.*;

/** What every distribution of Elasticsearch has and the server published to Maven lacks: the CJK filters and GET /. */
public class CjkPlugin extends Plugin implements AnalysisPlugin, ActionPlugin {
    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(
            PreConfiguredTokenFilter.singleton("cjk_bigram", false, CJKBigramFilter::new),
            PreConfiguredTokenFilter.singleton("cjk_width", true, CJKWidthFilter::new));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of("cjk_bigram", (index, env, name, settings) -> new AbstractTokenFilterFactory(name) {
            @Override
            public TokenStream create(TokenStream in) {
                boolean unigrams = settings.getAsBoolean("output_unigrams", false);
                CJKBigramFilter out = new CJKBigramFilter(in, 0xff, unigrams);
                if (unigrams) out.addAttribute(DisableGraphAttribute.class);  // as the distribution's; else long queries fail
                return out;
            }
        });
    }

    /** Answers the client's info() and ping(). */
    @Override
    public Collection<RestHandler> getRestHandlers(
        RestHandlersServices services, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> features
    ) {
        return List.of(new RestHandler() {
            @Override
            public List<Route> routes() {
                return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
            }

            @Override
            public void handleRequest(RestRequest request, RestChannel channel, NodeClient client) throws Exception {
                channel.sendResponse(new RestResponse(RestStatus.OK, channel.newBuilder().startObject()
                    .startObject("version").field("number", Build.current().version()).endObject().endObject()));
            }
        });
    }
}

/** A node in the foreground; arguments: HOME, then name=value settings. It ends with its standard input. */
class TestNode {
    public static void main(String[] args) throws Exception {
        LogConfigurator.setNodeName("test");
        LogConfigurator.configureESLogging();
        Settings.Builder settings = Settings.builder().put("path.home", args[0]);
        for (int i = 1; i < args.length; i++) settings.put(args[i].split("=", 2)[0], args[i].split("=", 2)[1]);
        var config = Path.of(args[0], "config");
        var env = InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), config, () -> "test");
        LogConfigurator.configure(env, true);
        var loader = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(env.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(env.pluginsDir(), false), Map.of(), false);
        try (Node node = new Node(env, loader)) {
            node.start();
            while (System.in.read() >= 0) { }
        }
    }
}
